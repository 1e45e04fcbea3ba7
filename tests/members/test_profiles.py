"""People write about themselves, for the circle that they choose; pictures hold nothing more."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from intranet.core.policy import Invalid, Refused
from intranet.members import pictures, service
from intranet.members.directory_queries import directory
from intranet.members.service import OwnWords
from tests.cast import Cast, Client, acting, as_reader


def picture(size: tuple[int, int] = (900, 600), kind: str = "JPEG") -> bytes:
    """A picture in which a camera wrote who it is and where."""
    exif = Image.Exif()
    exif[0x010F] = "Appareil bavard"
    exif[0x0112] = 6
    kept = BytesIO()
    Image.new("RGB", size, "teal").save(kept, kind, exif=exif)
    return kept.getvalue()


def test_a_picture_is_made_anew_small_and_without_what_the_camera_wrote() -> None:
    assert b"bavard" in picture()
    made = pictures.portrait(picture())
    assert b"bavard" not in made
    with Image.open(BytesIO(made)) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (320, 320), {})


@pytest.mark.parametrize("sent", [b"", b"<svg/>", picture(kind="TIFF"), picture()[:200]])
def test_what_is_no_picture_of_the_three_formats_is_refused(sent: bytes) -> None:
    with pytest.raises(Invalid):
        pictures.portrait(sent)


def test_a_picture_of_too_many_points_is_refused_before_it_is_drawn() -> None:
    with pytest.raises(Invalid) as caught:
        pictures.portrait(picture((8000, 6000), "PNG"))
    assert caught.value.errors == {"portrait": "members.picture_too_large"}


@pytest.mark.parametrize(
    ("circle", "readers"),
    [("members", {"amel"}), ("workers", {"amel", "chloe"}), ("open", {"amel", "chloe", "farid"})],
)
def test_the_directory_finds_a_skill_for_the_circle_that_the_person_chose(
    cast: Cast, circle: str, readers: set[str]
) -> None:
    with acting(cast.bruno) as tx:
        service.update_profile(tx, cast.bruno, OwnWords("", "menuiserie", visible_to=circle))
    found = {
        name
        for name in ("amel", "chloe", "farid")
        if [one.id for one in directory(as_reader(getattr(cast, name)), "MENUI")] == [cast.bruno]
    }
    assert found == readers


def test_nobody_changes_the_picture_of_another(cast: Cast) -> None:
    with pytest.raises(Refused), acting(cast.gwen) as tx:
        service.change_portrait(tx, cast.amel, None)


def test_a_picture_is_sent_seen_and_taken_away(client: Client, cast: Cast) -> None:
    client.sign_in("chloe")
    where = f"/members/{cast.chloe}/portrait"
    assert client.submit(where, portrait=(BytesIO(b"rien"), "moi.jpg")).status_code == 422
    assert client.submit(where, portrait=(BytesIO(picture()), "moi.jpg")).status_code == 303
    assert client.get(f"{where}.jpg").mimetype == "image/jpeg"
    assert f"{where}.jpg" in client.get(f"/members/{cast.chloe}").get_data(as_text=True)
    assert client.submit(where, remove="1").status_code == 303
    assert client.get(f"{where}.jpg").status_code == 404
