"""The stall sign: readable codes, whole words, the same bytes for the same sign."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from media.lettering.text import measure_em
from media.prints.pen import SIZES_MM, Pen
from media.prints.placard import BLEED_MM, write_sign, write_sign_sheet
from media.prints.sign import A5_HEIGHT_MM, A5_WIDTH_MM
from media.spec import BankPanel, PriceTier
from tests.media.cards import longest, spec

PAYLOAD = "00020101021138540010A00000072701240006970436011012345678900208QRIBFTTA53037045802VN630454A1"
BANK = BankPanel(PAYLOAD, "Ngân hàng Mẫu", "LO THI XUAN", "1234567890")
LONG_BANK = replace(BANK, bank_name="Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam",
                    account_name="LUONG THI HOA PHUONG MUONG ANG", account_number="1234567890123456789")
DATES = {"packed_on": date(2026, 11, 2), "best_before": date(2027, 2, 2)}
SIGNS = {"short": spec(bank=BANK, phone="0912345678"), "alone": spec(), "bare": spec(place=None, bank=BANK),
         "longest": longest(bank=LONG_BANK, phone="0912345678", **DATES),
         "promotion": spec(bank=BANK, phone="0912345678", was_vnd=30_000,
                           tiers=(PriceTier("từ 10 kg", 22_000), PriceTier("từ 50 kg", 20_000))),
         "everything": longest(bank=LONG_BANK, was_vnd=1_500_000, ocop_stars=4, is_vietgap=True,
                               harvested_on=date(2026, 10, 28),
                               tiers=(PriceTier("từ 10 chục", 1_150_000),), **DATES),
         "longest alone": longest(phone="0912345678", short_link="cho-phien.dienbien.example/o/K7M2/Z")}
PIXELS_A_POINT = 4


def painted(pdf: Path, width: int, height: int) -> Image.Image:
    """The page's filled rectangles, painted from its own drawing commands: all that a code consists of."""
    image = Image.new("RGB", (width * PIXELS_A_POINT, height * PIXELS_A_POINT), "white")
    pen, colour = ImageDraw.Draw(image), (0, 0, 0)
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf.read_bytes(), re.DOTALL)
    page = next(text for text in map(unpacked, streams) if b" re f" in text).decode("latin-1")
    number = r"(-?[\d.]+)"
    for line in page.splitlines():
        if line.startswith("q "):  # text, whose colour ends with it
            continue
        if shade := re.search(rf"{number} {number} {number} rg", line) or re.search(rf"{number} g\b", line):
            parts = [float(part) for part in shade.groups()]
            colour = tuple(round(255 * part) for part in (parts if len(parts) == 3 else parts * 3))
        if box := re.search(rf"{number} {number} {number} {number} re f", line):
            left, low, wide, tall = (float(part) * PIXELS_A_POINT for part in box.groups())
            top, bottom = sorted((image.height - low, image.height - low - tall))
            pen.rectangle((round(left), round(top), round(left + wide) - 1, round(bottom) - 1), fill=colour)
    return image


def unpacked(stream: bytes) -> bytes:
    """A stream's content; empty when it is not deflated."""
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("size", list(SIZES_MM))
@pytest.mark.parametrize("name", list(SIGNS))
def test_a_phone_reads_both_codes_of_a_printed_sign(name: str, size: str, tmp_path: Path) -> None:
    product = SIGNS[name]

    made = write_sign(product, tmp_path / "sign.pdf", size)

    found = {code.text for code in zxingcpp.read_barcodes(painted(made.path, made.width, made.height))}
    assert found == {product.order_link.upper()} | ({product.bank.payload} if product.bank else set())


@pytest.mark.parametrize("size", list(SIZES_MM))
def test_a_sign_has_the_paper_it_was_asked_for(size: str, tmp_path: Path) -> None:
    made = write_sign(SIGNS["short"], tmp_path / "sign.pdf", size)

    width_mm, height_mm = SIZES_MM[size]
    assert made.width == pytest.approx(width_mm / 25.4 * 72, abs=1)
    assert made.height == pytest.approx(height_mm / 25.4 * 72, abs=1)
    assert (made.role, made.content_type) == ("sign", "application/pdf")
    assert made.bytes == made.path.stat().st_size < 300_000


def test_the_letters_are_vectors_of_our_own_embedded_type(tmp_path: Path) -> None:
    data = write_sign(SIGNS["short"], tmp_path / "sign.pdf").path.read_bytes()

    assert data.count(b"/FontFile2") == 3
    assert b"BeVietnamPro" in data


@pytest.mark.parametrize("name", list(SIGNS))
def test_every_line_stands_whole_within_the_margins(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[tuple[str, float, float, float]] = []

    def note(_pen: Pen, words: str, weight: str, size_mm: float, _colour: object, *, x: float, baseline: float,
             align: str = "left", tracking: float = 0.0) -> None:
        width = measure_em(words, weight, tracking) * size_mm
        left = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        lines.append((words, left, left + width, baseline))

    monkeypatch.setattr(Pen, "text", note)
    product = SIGNS[name]

    write_sign(product, tmp_path / "sign.pdf")

    for words, left, right, baseline in lines:
        assert left >= 8.5 and right <= A5_WIDTH_MM - 8.5, words
        assert baseline <= A5_HEIGHT_MM - 8.6, words
    said = " ".join(words for words, *_ in lines)
    assert all(word in said for word in (*product.name.split(), product.household, product.short_link))
    assert ("chuyển khoản" in said) == (product.bank is not None)


def test_a_sign_says_how_long_the_meat_keeps_and_whom_to_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Pen, "text", lambda _pen, words, *_rest, **_where: said.append(words))

    write_sign(SIGNS["longest"], tmp_path / "sign.pdf")

    assert "Đóng gói 2/11/2026 · Hạn dùng 2/2/2027" in said
    assert "bản Lói, xã Mường Ảng · 0912 345 678" in said


def test_the_same_sign_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_sign(SIGNS["longest"], tmp_path / "first.pdf").path.read_bytes()

    assert write_sign(SIGNS["longest"], tmp_path / "again.pdf").path.read_bytes() == first


def test_the_order_code_is_at_least_47_mm_on_a5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sides: list[float] = []
    drawn = Pen.code

    def note(pen: Pen, payload: str, colour: tuple[int, int, int], *, left: float, top: float, side: float) -> None:
        sides.append(side)
        drawn(pen, payload, colour, left=left, top=top, side=side)

    monkeypatch.setattr(Pen, "code", note)

    write_sign(SIGNS["short"], tmp_path / "with-bank.pdf")
    write_sign(SIGNS["alone"], tmp_path / "alone.pdf")

    assert len(sides) == 3
    assert min(sides) >= 47


def test_an_unknown_paper_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_sign(spec(), tmp_path / "sign.pdf", "A3")


@pytest.mark.parametrize("name", list(SIGNS))
def test_the_offer_keeps_clear_of_the_hairline_and_the_panels(name: str, tmp_path: Path,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    baselines: list[float] = []
    monkeypatch.setattr(Pen, "text", lambda _pen, *_rest, baseline, **_where: baselines.append(baseline))

    write_sign(SIGNS[name], tmp_path / "sign.pdf")

    offer = [baseline for baseline in baselines if 60.2 < baseline < 118.2]
    assert len(offer) >= 2
    assert max(offer) <= 118.2 - 4


def test_a_sign_says_prices_by_amount_the_price_before_and_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Pen, "text", lambda _pen, words, *_rest, **_where: said.append(words))

    write_sign(SIGNS["promotion"], tmp_path / "sign.pdf")
    write_sign(SIGNS["everything"], tmp_path / "sign.pdf")

    assert "từ 10 kg: 22.000đ · từ 50 kg: 20.000đ" in said
    assert "từ 10 chục: 1.150.000đ/chục" in said
    assert "OCOP 4 sao · VietGAP · Thu hoạch 28/10/2026" in said
    assert {"30.000đ", "1.500.000đ"} <= set(said)


def test_a_sign_for_the_printer_says_where_it_is_cut(tmp_path: Path) -> None:
    plain = write_sign(SIGNS["short"], tmp_path / "plain.pdf")
    bled = write_sign(SIGNS["short"], tmp_path / "bled.pdf", bleed_mm=BLEED_MM)
    marked = write_sign(SIGNS["short"], tmp_path / "marked.pdf", bleed_mm=BLEED_MM, crop_marks=True)

    assert b"/TrimBox" not in plain.path.read_bytes()
    assert box_mm(bled.path, "TrimBox") == pytest.approx((3, 3, 151, 213), abs=0.01)
    assert box_mm(bled.path, "BleedBox") == pytest.approx((0, 0, 154, 216), abs=0.01)
    assert box_mm(marked.path, "TrimBox") == pytest.approx((8, 8, 156, 218), abs=0.01)
    assert box_mm(marked.path, "BleedBox") == pytest.approx((5, 5, 159, 221), abs=0.01)


def box_mm(pdf: Path, name: str) -> tuple[float, ...]:
    """One of the page's boxes in millimetres."""
    found = re.search(rb"/%s \[([\d. ]+)\]" % name.encode(), pdf.read_bytes())
    assert found is not None
    return tuple(float(part) / 72 * 25.4 for part in found[1].split())


@pytest.mark.parametrize(("size", "places", "paper"), [("A5", 2, (842, 595)), ("A6", 4, (595, 842))])
def test_a_sheet_holds_several_signs_whose_codes_read(size: str, places: int, paper: tuple[int, int],
                                                      tmp_path: Path) -> None:
    signs = [spec(bank=BANK, order_link=f"https://chophien.example/o/K7M{number}") for number in range(places)]

    made = write_sign_sheet(signs, tmp_path / "sheet.pdf", size)

    assert (made.width, made.height) == paper
    found = [code.text for code in zxingcpp.read_barcodes(painted(made.path, made.width, made.height))]
    assert sorted(found) == sorted([sign.order_link.upper() for sign in signs] + [PAYLOAD] * places)


def test_one_sign_fills_its_sheet_and_five_take_two_pages(tmp_path: Path) -> None:
    alone = write_sign_sheet([SIGNS["alone"]], tmp_path / "alone.pdf", "A6")
    five = write_sign_sheet([SIGNS["alone"]] * 5, tmp_path / "five.pdf", "A6")

    found = zxingcpp.read_barcodes(painted(alone.path, alone.width, alone.height))
    assert len(found) == 4
    assert len(re.findall(rb"/Type /Page\b", alone.path.read_bytes())) == 1
    assert len(re.findall(rb"/Type /Page\b", five.path.read_bytes())) == 2


def test_a_sheet_without_a_sign_or_of_another_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs a sign"):
        write_sign_sheet([], tmp_path / "sheet.pdf")
    with pytest.raises(KeyError):
        write_sign_sheet([SIGNS["alone"]], tmp_path / "sheet.pdf", "A4")
