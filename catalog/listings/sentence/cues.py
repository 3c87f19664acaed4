"""The small words that tell what a price or an amount is meant for, each with and without its marks."""

from __future__ import annotations

from catalog.words.spelling import plain_letters


_ONLY_PLAIN: set[str] = set()
_SPELLED: set[str] = {"qua"}


def both(words: str) -> frozenset[str]:
    """The words as they are spelled and as they are typed without marks."""
    spelled, plain = frozenset(words.split()), frozenset(plain_letters(words).split())
    _SPELLED.update(spelled)
    _ONLY_PLAIN.update(plain - spelled)
    return spelled | plain


def heard(word: str, *, marked: bool) -> str:
    """The word as a cue: in a message with marks "ca" is no "cả" and says nothing, so "" comes back."""
    return "" if marked and word in _ONLY_PLAIN and word not in _SPELLED else word


ASKED = both("từ trên đủ nhập lấy mua đặt chốt nhận hơn gom đơn order sỉ buôn ai khách")
"""Before an amount: whoever takes that much."""
FROM = both("từ trên đủ hơn")
ALL = both("hết cả nguyên trọn tron bao tất tat hêt ôm hốt")
CHEAPER = both("bớt giảm trừ")
NOW = both("còn nay giờ chỉ xuống sale thành lại mới")
OLD = both("cũ gốc thường niêm thay")
FEE = both("ship phí cọc cước freeship trả")
WHOLESALE = both("sỉ buôn sll")
GRADES = both("""loại size to lớn nhỏ bé nhất nhì đẹp xô bi vip đầu lỡ vừa đại thường tuyển chọn xấu dạt trung nhỡ mỡ a b c i ii khủng bự hàng
    lựa sáng chiều trưa tối xuất""")
"""Words that set one sort of the same goods apart, or one time of day."""
WEAK_GRADES = both("chín xanh chiết ghép giống củ quả trái sau trước đó hơi làm sạch sẵn hơn dưới trên ngày")
"""Words that may do so where no other product is named beside them."""
SORTS = both("loại size hạng")
FILLER = both("""giá là chỉ còn được tính bán em để thì sẽ lấy mua cho khoảng tầm cỡ có luôn này nay nhé nha ạ mình tôi tui chị anh shop trở lên đồng
    giảm đang hôm thôi khách nhà e c đổ do xuống đi nguyên vườn tại bao trọn chốt gói combo ai mới ngoài trong với mỗi theo đ
    hoặc phí chẵn ngày lẻ sỉ buôn bớt giảm trừ : = - + ~ / * ❤ 👉 → >""")
"""Words that may stand between an amount and its price."""
STOCK = both("""còn có sẵn được hơn khoảng vườn nhà bán tồn dư thu hái tổng tầm độ chừng gần ra hiện kho đang mới cắt hết rồi thanh lý nhượng
    trồng đợt lứa chuồng đàn ao ruộng cả làm đúng đâu lượng sl theo về""")
UP = both("trở lên đổ")
GIFT = both("tặng biếu free freeship") | {"trợ"}  # Without marks it is the "trở" of "trở lên".
BROUGHT = both("tận")
PAIRS = frozenset(("cặp", "đôi"))
"""Units that are always two."""
