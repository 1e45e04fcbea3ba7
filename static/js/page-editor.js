// On pages where a text is written.
export const rich = () => import("./editor/rich.js");
