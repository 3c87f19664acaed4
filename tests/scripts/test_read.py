"""The command that outsiders drive: one line in, one line out, whatever comes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.peers import load

READ = Path(__file__).resolve().parents[2] / "scripts" / "read.py"
# Without site-packages and in an odd locale: the command needs Python alone.
BARE = [sys.executable, "-S", "-E", str(READ)]
LEGAL = {"bin": "970436", "account": "1012345678", "amount": "50000", "memo": "DH1"}


def run(kind: str, lines: list[Any] | bytes) -> list[Any]:
    """What the command answers to `lines`, each given as a value to be written as JSON, or to raw bytes."""
    sent = lines if isinstance(lines, bytes) else "".join(
        json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    done = subprocess.run([*BARE, kind], input=sent, capture_output=True, timeout=60, check=True,
                          env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_every_legal_vector_comes_out_as_its_payload_and_the_others_as_errors(shared_data: Path) -> None:
    vectors = load(shared_data / "vietqr_encode.json")["vectors"]

    answers = run("vietqr", [vector["input"] for vector in vectors])

    assert len(answers) == len(vectors)
    for vector, answer in zip(vectors, answers, strict=True):
        memo = vector["input"]["memo"] or ""
        legal = len(memo) <= 25 and all(char.isascii() and (char.isalnum() or char == " ") for char in memo)
        if legal:
            assert answer == {"payload": vector["payload"]}
        else:
            assert answer.keys() == {"error"} and "25" in answer["error"]


def test_a_payload_comes_out_as_its_payment_with_the_promised_keys() -> None:
    dynamic = ("00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
               "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E")
    card = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52"

    assert run("vietqr", [{"payload": dynamic}, {"payload": card}, {"payload": dynamic[:-1] + "F"}]) == [
        {"bin": "970403", "account": "0011012345678", "amount": 180000, "memo": "thanh toan don hang",
         "method": "dynamic", "service": "QRIBFTTA"},
        {"bin": "970403", "account": "9704031101234567", "amount": None, "memo": None,
         "method": "static", "service": "QRIBFTTC"},
        {"error": "Mã QR này bị hỏng hoặc thiếu. Chụp lại hoặc lưu lại ảnh mã."}]


def test_a_whole_amount_may_be_a_number_or_digits() -> None:
    answers = run("vietqr", [LEGAL | {"amount": amount} for amount in (50000, "50000", 50000.0, "0050000", 5e4)])

    assert "payload" in answers[0]
    assert answers == [answers[0]] * 5


def test_amount_and_memo_may_be_null_or_left_out() -> None:
    bare = {"bin": "970436", "account": "1012345678"}

    first, second = run("vietqr", [bare, bare | {"amount": None, "memo": None}])

    assert first == second
    assert "010211" in first["payload"] and "6208" not in first["payload"]


ILLEGAL: tuple[dict[str, Any], ...] = (
    *({"amount": amount} for amount in (0, -1, 1.5, 10**13, 10**30, 1e300, True, False, "", "0", "-5", "+5", " 5", "5 ",
                                        "1.5", "1e3", "５", "12345678901234", "50.000", [], {})),
    *({"memo": memo} for memo in ("", "A" * 26, "DH-1", " A", "A ", "A  B", "đơn", 5, ["A"], True)),
    *({"account": account} for account in ("", "1" * 20, "12 34", None, 1012345678)),
    *({"bin": bin} for bin in ("97043", "9704367", "97O436", None, 970436, "９７０４３６")),
    {"service": "QRPUSH"}, {"service": ["QRIBFTTA"]}, {"service": ""}, {"name": "Lan Ạnh"}, {"payload": None},
    {"payload": ["0002"]}, {"payload": ""},
)


def test_an_illegal_payment_is_answered_with_its_reason() -> None:
    answers = run("vietqr", [LEGAL | changed for changed in ILLEGAL])

    for changed, answer in zip(ILLEGAL, answers, strict=True):
        assert answer.keys() == {"error"}, changed
        assert answer["error"]


def test_a_line_that_is_no_object_is_answered_in_its_place_and_the_run_goes_on() -> None:
    good = json.dumps(LEGAL).encode()
    lines = [good, b"", b"garbage", b"[]", b"null", b'"text"', b"7", b"{", b"\xff\xfe", b"[" * 100_000, b"{}",
             b'{"amount":' + b"9" * 5000 + b"}", b"\xef\xbb\xbf" + good, good + b"\r", good]

    answers = run("vietqr", b"\n".join(lines))

    kinds = ["payload" if "payload" in answer else "error" for answer in answers]
    assert kinds == ["payload", *["error"] * 11, "payload", "payload", "payload"]


def test_memos_are_answered_with_the_code_as_given_or_null(shared_data: Path) -> None:
    cases = load(shared_data / "memo_shapes.json")["cases"]

    answers = run("memo", [{"content": case["content"], "open_codes": [case["order_code"]]} for case in cases])

    assert answers == [{"order_code": case["order_code"] if case["should_match"] else None} for case in cases]
    assert run("memo", [{"content": "dh7k2 m9q", "open_codes": ["Đh-7K2M9Q", "X"]}]) == [{"order_code": "Đh-7K2M9Q"}]


def test_a_memo_line_that_lacks_something_is_an_error() -> None:
    lines = [{}, {"content": "A"}, {"open_codes": []}, {"content": None, "open_codes": []},
             {"content": "A", "open_codes": "A"}, {"content": "A", "open_codes": [5]}, {"content": 5, "open_codes": []}]

    answers = run("memo", lines)

    assert len(answers) == len(lines)
    assert all(answer.keys() == {"error"} for answer in answers)


def test_half_a_surrogate_pair_in_a_code_comes_back_escaped() -> None:
    done = subprocess.run([*BARE, "memo"], input=rb'{"content":"AB12345","open_codes":["\ud800AB12345"]}',
                          capture_output=True, timeout=60, check=True)

    assert done.stdout == b'{"order_code": "\\ud800AB12345"}\n'


def test_each_answer_leaves_before_the_next_line_comes() -> None:
    with subprocess.Popen([*BARE, "memo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin and process.stdout
        for code in ("AB12345", "CD67890"):
            process.stdin.write(json.dumps({"content": code, "open_codes": [code]}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline()) == {"order_code": code}
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_a_reader_that_leaves_early_ends_the_run_without_a_word() -> None:
    with subprocess.Popen([*BARE, "memo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write(b'{"content":"A","open_codes":[]}\n')
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


def test_help_is_printed_and_only_what_exists_is_offered() -> None:
    shown = subprocess.run([*BARE, "--help"], capture_output=True, text=True, timeout=60, check=True).stdout
    refused = subprocess.run([*BARE, "dreams"], capture_output=True, text=True, timeout=60, check=False)

    assert all(kind in shown for kind in ("vietqr", "memo", "comments", "listings")) and "dreams" not in shown
    assert refused.returncode == 2
