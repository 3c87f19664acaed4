"""What kind of product a name is: by its raw material, so that dried mango is mango and mango wood is not."""

from __future__ import annotations

import re

from catalog.listings.sentence.model import KIND_GRAPEFRUIT, KIND_MANGO, KIND_MEAT, KIND_OTHER


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


_NOT_THE_FRUIT = _words(
    r"(?:cây|cay) (?:giống|giong|con|bưởi|buoi|xoài|xoai|ghép|ghep|cảnh|canh)|giống|giong|gốc|ghép|ghep|chiết|cành chiết|mắt ghép|cây con|cay con|tinh dầu|tinh dau|dầu gội|dau goi|nước gội|bồ kết|mật ong|mat ong|mật|mat hoa"
    r"|gỗ|go xoai|ghế|bàn ghế|thớt|tủ|củi|cui|trà|tra hoa|nước hoa|xà phòng|xà bông|nến|phân|phan bon|thuốc|thuoc|bao trái|túi bọc|sọt|thùng xốp|kéo|lưới|hoa bưởi|hoa buoi|hoa xoài|chè bưởi|che buoi|lá xoài|lá bưởi|la buoi|bưởi cảnh|bonsai|rượu|ruou|sáp|son|serum|nón|máy|may ")
_POMELO = _words(r"bưởi|buoi|bưỡi|buởi|bươi|năm roi|nam roi|thanh trà|thanh tra|phúc trạch|bòng|bưởi\w*|da xanh")
_MANGO = _words(r"xoài|xoai|xòai|soài|soai|xoaì|hoà lộc|hòa lộc|hoa loc|cát chu|cat chu|xoài\w+")
_MEAT = r"trâu|trau|bò|bo|lợn|lon|heo|gà|ga|vịt|vit|ngan|ngỗng|nai|dê|de|cừu|ngựa|ngua|thịt|thit|thỏ|tho|chim|bê|sườn|suon|ba chỉ|ba chi|ba rọi|ba roi|nạc|nac|bắp bò|dồi|doi|lòng|long|chân giò|chan gio|giăm bông|mán|man"
_DRIED = r"gác bếp|gac bep|gác|sấy|say|khô|kho|hun khói|hun khoi|khói|khoi|xông khói|xong khoi|một nắng|mot nang|1 nắng|1 nang|một sương|giàng|treo bếp|treo|phơi|xé|xe soi|ướp|cay"
_MADE = _words(r"lạp xưởng|lap xuong|lạp sườn|lap suon|lạp xường|lạp|lap xuog|xúc xích|xuc xich|ruốc|ruoc|chà bông|cha bong|dồi sấy|thịt trâu|trâu gác bếp|jambon|giăm bông|xông khói|dăm bông|lạp|bò khô|bo kho|khô bò|kho bo|khô gà|kho ga|khô heo|kho heo|khô nai|khô trâu|khô vịt|gà khô|thịt khô|heo khô|pate khô|bacon|nem nướng khô")
_FRESH = _words(r"tươi|tuoi|sống|song|hơi|móc hàm|moc ham|đông lạnh|cắp nách|thả vườn|thả đồi|giống|chọi|đẻ|trứng|trung|con giống|hậu bị|bò sữa|nghé")
_SEA = _words(r"cá|ca|mực|muc|tôm|tom|cua|ghẹ|ốc|oc|lươn|luon|ếch|hàu|sò|bạch tuộc|sứa|nấm|nam kho|măng|mang kho|chuối|mít|khoai|vải|nhãn|táo|hồng|gừng|nghệ|quế|ớt|rau|chè|trà")
_DRIED_MEAT = _words(rf"(?:{_MEAT})(?: \w+){{0,3}} (?:{_DRIED})|(?:{_DRIED})(?: \w+){{0,1}} (?:{_MEAT})")
_RUOC_OF_SEA = _words(r"(?:ruốc|chà bông|cha bong|ruoc|khô|kho) (?:cá|ca|tôm|tom|nấm|nam|mực|muc)|mắm ruốc|mam ruoc|cá|mực|tôm")


_SAUSAGE = _words(r"lạp xưởng|lap xuong|lạp sườn|lap suon|lạp xường|xúc xích|xuc xich|lap xuog")


def is_told(name: str) -> bool:
    """Whether the name alone tells its kind, also where that is other: a sapling, honey, fish."""
    return kind_of(name) != KIND_OTHER or bool(_NOT_THE_FRUIT.search(name))


def kind_of(name: str) -> str:
    """The kind of a product by its lower-case name; what is neither fruit nor dried meat is other."""
    if _NOT_THE_FRUIT.search(name) and not _is_meat(name):
        return KIND_OTHER
    if _is_meat(name):
        return KIND_MEAT
    if _POMELO.search(name):
        return KIND_GRAPEFRUIT
    if _MANGO.search(name):
        return KIND_MANGO
    return KIND_OTHER


def _is_meat(name: str) -> bool:
    if _SAUSAGE.search(name):
        return True
    if _RUOC_OF_SEA.search(name):
        return False
    if _MADE.search(name):
        return True
    return bool(_DRIED_MEAT.search(name)) and not (_FRESH.search(name) and not re.search(r"(?<!\w)(?:gác|gac|sấy|hun|khói|nắng|nang)(?!\w)", name))
