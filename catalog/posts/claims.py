"""What a post must not claim, as a table: phrases by rule, harmless look-alikes, why, and what to write instead.

A phrase's slots are parted by " + ", the choices of a slot by "|". It is found with its marks and without
any; a choice that begins with "=" only with them, since its letters alone are another word ("chua" is sour).
Sources: Luật Quảng cáo 16/2012/QH13, Điều 8 (khoản 10 comparing, khoản 11 "nhất", "duy nhất", "số một");
Nghị định 43/2017/NĐ-CP on labels of food; Luật Thương mại điện tử 122/2025/QH15 on misleading quality.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalog.words.keyed import N_

_AILMENTS = ("bệnh|bách bệnh|ung thư|tiểu đường|đái tháo đường|cao huyết áp|huyết áp|mỡ máu|máu nhiễm mỡ|dạ dày|đại tràng|"
             "xương khớp|gút|gout|sỏi thận|sỏi mật|mất ngủ|táo bón|tiêu chảy|viêm họng|viêm xoang|viêm|đau lưng|đau đầu|đau khớp|"
             "cảm cúm|cảm lạnh|béo phì|đột quỵ|tim mạch|thiếu máu|u bướu|yếu sinh lý|hen suyễn|mụn|nám|hôi miệng")
_BODY = ("sức khoẻ|tim|tim mạch|gan|thận|dạ dày|tiêu hoá|hệ tiêu hoá|đường ruột|xương khớp|xương|mắt|da|làn da|não|trí nhớ|"
         "huyết áp|bà bầu|mẹ bầu|bà đẻ|người tiểu đường|người bệnh|người ốm|phổi|hệ miễn dịch|đề kháng|máu|giấc ngủ")
_GOOD = "ngon|rẻ|tốt|sạch|ngọt|thơm|tươi|đẹp|chất lượng|uy tín|an toàn|bổ|xịn|đậm đà|béo|giòn|dẻo|hấp dẫn|đỉnh|chất|bùi|mềm"
_EVERYWHERE = "vùng|tỉnh|xã|huyện|bản|chợ|miền bắc|tây bắc|điện biên|việt nam|thị trường|thế giới|cả nước|quả đất|đất này|năm nay"
_CHEMICALS = ("hoá chất|chất hoá học|thuốc sâu|thuốc trừ sâu|thuốc bảo vệ thực vật|chất bảo quản|phân hoá học|thuốc kích thích|"
              "chất kích thích|thuốc tăng trưởng|chất tăng trưởng|chất cấm|phụ gia|chất độc hại|tăng trọng|phẩm màu")


@dataclass(frozen=True, slots=True)
class Claim:
    """One rule: what it finds, what looks alike and is harmless, why it matters, what to write instead."""

    rule: str
    phrases: tuple[str, ...]
    harmless: tuple[str, ...]
    why: str
    instead: str


CLAIMS = (
    Claim("health", (
        f"chữa|chữa khỏi|chữa được|chữa dứt + {_AILMENTS}", "=chữa khỏi|=chữa dứt|=chữa",
        f"trị|điều trị|đặc trị|chủ trị|trị dứt|trị dứt điểm|trị khỏi|trị tận gốc + =ho|{_AILMENTS}", "điều trị|đặc trị|trị liệu|=trị ho|=trị mụn",
        f"phòng|ngừa|phòng ngừa|phòng chống|ngăn ngừa|phòng tránh|chống|đẩy lùi + lão hoá|{_AILMENTS}",
        f"giảm|hạ|ổn định|cân bằng|hỗ trợ + =đau|=ho|=sốt|cholesterol|đường huyết|mỡ trong máu|cân nặng|{_AILMENTS}",
        f"tốt|rất tốt|cực tốt|có lợi|bổ|bổ dưỡng + cho + {_BODY}", f"tốt|có lợi + cho người + bị|bệnh|mắc + {_AILMENTS}",
        f"hết|khỏi|đỡ|dứt + =ho|=đau|=sốt|{_AILMENTS}", "bồi bổ|tăng cường|nâng cao + sức khoẻ|cơ thể|sinh lực|sinh lý|đề kháng|thể lực", "bổ + =gan|thận|não|máu|phổi|mắt",
        "giải độc|thải độc|thanh lọc cơ thể|thanh nhiệt|mát gan|tráng dương|lợi sữa|an thần|giảm cân|giảm béo|đốt mỡ|tan mỡ|"
        "tiêu mỡ|đẹp da|trắng da|sáng da|sáng mắt|tăng sức đề kháng|tăng đề kháng|tăng cường đề kháng|tăng miễn dịch|"
        "tăng cường sinh lý|hạ sốt|kháng viêm|kháng khuẩn|tiêu viêm|trường thọ|khỏi bệnh|hết bệnh|thay thuốc|thần dược|thuốc quý|thuốc tiên|vị thuốc"),
        ("chữa cháy", "sửa chữa", "chữa thẹn", "chữa ngượng", "chữa + xe|máy|nhà|điện|lại|bài|lỗi|giá|đường",
         "hết + bệnh viện", "không|chẳng|chưa + chữa|trị|điều trị|phòng|có tác dụng chữa|có tác dụng trị|phải để chữa|phải thuốc chữa|dùng để chữa",
         "thay thế + thuốc chữa bệnh", "phải là thuốc chữa bệnh", "điều trị + cho cây|cây|sâu bệnh",
         "phòng|ngừa|trị|phòng trừ + bệnh + cho cây|cho lợn|cho gà|cho trâu|cho bò|cây trồng"),
        N_("Đồ ăn không được nói như thuốc: Nghị định 43/2017 về nhãn hàng, Luật Quảng cáo."),
        N_("Bỏ câu này. Viết cách ăn, ví dụ: ăn tươi, nấu canh, pha nước.")),
    Claim("superlative", (
        f"{_GOOD} + nhất", f"nhất + {_EVERYWHERE}", f"{_GOOD}|là|hàng|chất|đặc sản + số 1|số một",
        f"số 1|số một + về chất lượng|{_EVERYWHERE}", "duy nhất", "hàng đầu + {}".format(_EVERYWHERE), "đệ nhất|vô đối|có một không hai|vô địch",
        "không đâu|không nơi nào|chẳng đâu + ngon bằng|rẻ bằng|bằng|sánh bằng|có"),
        (f"{_GOOD} + nhất + là|khi|lúc|vào|nếu|trong|trước|với",
         "còn|chỉ còn|chỉ|có + duy nhất", "duy nhất + hôm nay|ngày mai|một|1|2|3|4|5|sáng nay|chiều nay|ngày",
         "thống nhất", "nhất + là", "vé|loại|hạng|giải + nhất"),
        N_("“Nhất”, “số 1” phải có giấy chứng minh: Luật Quảng cáo, Điều 8."),
        N_("Viết điều thấy được: hái hôm nào, quả nặng bao nhiêu, còn bao nhiêu.")),
    Claim("comparison", (
        "rẻ|ngon|tốt|sạch|ngọt|chất lượng + hơn + hẳn|nhiều + chỗ khác|nhà khác|nơi khác|ngoài chợ|hàng chợ|siêu thị|thị trường",
        "rẻ|ngon|tốt|sạch|ngọt|chất lượng + hơn + chỗ khác|nhà khác|nơi khác|ngoài chợ|hàng chợ|siêu thị|thị trường|hàng trung quốc|hàng siêu thị|hàng ngoài"),
        (),
        N_("Không được so thẳng với hàng của người khác: Luật Quảng cáo, Điều 8."),
        N_("Chỉ nói hàng nhà mình: giá, ngày hái, nơi lấy.")),
    Claim("purity", (
        "100%|100 %|trăm phần trăm + sạch|tự nhiên|thiên nhiên|nguyên chất|hữu cơ|an toàn|organic|thuần tự nhiên|không hoá chất",
        "sạch|tự nhiên|thiên nhiên|nguyên chất|hữu cơ|an toàn + 100%|100 %|trăm phần trăm|tuyệt đối|hoàn toàn",
        f"không|ko|hông|chẳng|không có|không dùng|không sử dụng|không phun|không chứa|nói không với|0% + {_CHEMICALS}",
        "tuyệt đối|hoàn toàn + không + phun|phun thuốc|dùng thuốc|thuốc|hoá chất|dùng hoá chất",
        "thực phẩm|rau|nông sản|thịt|hoa quả|trái cây + sạch", "siêu sạch|tuyệt đối an toàn|tuyệt đối sạch", "đảm bảo|cam kết|cam đoan|bao + sạch|an toàn|nguyên chất",
        "hữu cơ|organic"),
        ("phân|phân bón|rác|chất|bón phân|vi sinh + hữu cơ", "sạch + sẽ|=lông|=ruột|=vỏ|=đất|=rễ|=bùn|=gốc"),
        N_("Chưa có giấy kiểm nghiệm thì không nói chắc được: Luật Thương mại điện tử cấm nói sai chất lượng."),
        N_("Viết việc nhà mình làm thật, hoặc có VietGAP thì ghi số giấy.")),
)
"""In the order in which they are told."""
