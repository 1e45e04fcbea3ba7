"""The picture of a person, made anew from what was sent: small, and without what a camera adds."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from intranet.core.policy import Invalid

SIDE = 320
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def portrait(sent: bytes) -> bytes:
    """A square JPEG of 320 points a side, drawn from the middle of a picture.

    Only the points are taken over: no place, no date, no name of a camera. Raises Invalid for what
    is no JPEG, PNG or WebP, and for more than 8 MB or 40 million points.
    """
    if len(sent) > MOST_BYTES:
        raise Invalid(portrait="members.picture_too_large")
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Invalid(portrait="members.picture_too_large")
            upright = ImageOps.exif_transpose(found).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Invalid(portrait="members.no_picture") from error
    except Image.DecompressionBombError as error:
        raise Invalid(portrait="members.picture_too_large") from error
    plain = Image.new("RGB", (SIDE, SIDE))
    plain.paste(ImageOps.fit(upright, (SIDE, SIDE)))
    kept = BytesIO()
    plain.save(kept, "JPEG", quality=82)
    return kept.getvalue()
