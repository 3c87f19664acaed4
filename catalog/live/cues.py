"""What tells an order from talk: the words of each intent, over the spelling that `lemmas` gives.

Rules are kept as data, a reason for each: the first that fits a whole comment names its intent.
"""

from __future__ import annotations

import re

ME = r"(?:em|anh|chị|mình|tôi|tui|tớ|cô|chú|bác|con|cháu|dì|mẹ|bà|ông|má|nhà (?:em|mình|tôi|tui|chị|anh)|chúng em|bọn em|tụi em)"
BUY = r"(?:lấy|mua|chốt|đặt|order|múc|hốt|xúc|quất|rước|ẵm|bê|khuân|lên đơn|lụm|lượm|gom|bao hết|ủng hộ|book|mở hàng|tậu)"
DO_FOR = r"(?:cho|để|giữ|gửi|ship|giao|đóng|gói|cân|bán|gom|để dành|soạn|xếp|lên đơn|tính|lựa|chọn|nhặt|cắt|lên|ghi|phần|order|đặt|lấy)"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\S)(?:" + pattern + r")(?!\S)")


SPAM = _rule(
    r".*&.*|vay (?:vốn|tiền|nhanh|tín|trả|online|không|#)|cho vay|giải ngân|(?:cần|hỗ trợ) vốn|vốn nhanh|lãi suất|tín dụng|đáo hạn|việc nhẹ|việc làm|tuyển \S+|cộng tác viên|ctv"
    r"|(?:kéo|tăng) (?:tương tác|like|follow|view|tim|sub|mắt|đơn)|sub chéo|chéo (?:sub|tim|follow)|xem bói|bói bài|lô đề|soi cầu|casino|nhà cái|nổ hũ"
    r"|đầu tư|forex|crypto|coin|đất nền|bất động sản|sim (?:số|đẹp)|sim|giảm (?:cân|cần)|xả kho|tử vi|kiếm # (?:k|triệu|tr)|kem trắng|chính hãng|tăng cân|hút hầm|thông cống|chuyển nhà|chữa (?:bệnh|khỏi)"
    r"|kết bạn zalo|nhận quà miễn phí|trúng thưởng|kiếm (?:tiền|thêm)|lương \S+ (?:triệu|tr)|thu nhập|mỹ phẩm|kem trộn|cầm đồ|bốc bát họ"
    r"|app|link|nhận ngay|tặng ngay|thám tử|gia sư|khóa học|combo du lịch|vé máy bay|taxi|xe ghép|rửa tiền|hack|acc|nạp|rút tiền|nhận (?:làm|may|in|sửa|thi công|chở|vận chuyển|đòi|lắp|thiết kế|dạy|chạy)|tăng # |thanh lý kho|bằng lái|lh @|follow|bán (?:sim|đất|xe)")
CANCEL = _rule(
    r"bỏ % (?:\S+ ){0,4}(?:của|đi|ra|nữa|trong)|hủy|huỷ|cancel|bùng|bom|rút (?:đơn|lại)|(?:bỏ|xóa) (?:đơn|giúp|hộ|giùm|#|mã|cái|bớt|món|phần)|khất|trùng đơn|bị trùng|dừng lại|trả lại (?:%|#)|không nhận|trả đơn|(?:không|khỏi|thôi khỏi|ngừng) (?:lấy|mua|đặt|giao|gửi|ship|chốt|order)(?: \S+){0,3} (?:nữa|đâu|rồi)"
    r"|thôi (?:\S+ ){0,3}(?:không|khỏi) (?:lấy|mua|đặt|cần|chốt)|(?:không|khỏi) (?:lấy|mua|đặt|cần|chốt) nữa|thôi không (?:lấy|mua)|khỏi (?:giao|gửi|ship|lấy|đặt|lên đơn|gói|đóng|chốt)|đừng (?:giao|gửi|ship|lên đơn|chốt|đóng)"
    r"|không (?:lấy|mua|đặt) (?:a#|mã|cái|món|đơn)")
CHANGE = _rule(
    r"đổi (?:\S+ ){0,4}(?:thành|sang|qua|còn|lấy|lại|địa chỉ|số|đơn)|đổi (?:giúp|cho|hộ|giùm|lại|đơn|địa|\$|#)|sửa (?:\S+ ){0,4}(?:thành|lại|còn|đơn|sđt|số|địa)|sửa (?:giúp|cho|hộ|giùm|lại)|chỉnh (?:lại|đơn|giúp)|chuyển (?:đơn|sang|thành|qua)"
    r"|thay (?:bằng|vì|thành|cho)|(?:giảm|tăng|rút) (?:\S+ ){0,3}(?:xuống|lên|còn|thành)|(?:đơn|phần|hàng) (?:\S+ ){0,4}(?:còn|thành) #|còn # (?:\S+ ){0,2}thôi|cập nhật|update|ghi nhầm|ghi lộn|đặt nhầm|chốt nhầm|bấm nhầm|nhắn nhầm|cho \S+ đổi"
    r"|(?:số|sđt|số điện thoại|địa chỉ) (?:\S+ ){0,3}(?:mới|đúng)|lại (?:số|sđt|số điện thoại|địa chỉ)|nhầm (?:số|sđt|số điện thoại|địa chỉ)|(?<!không )gộp|tách (?:đơn|\S+ làm)|điều chỉnh|từ % (?:\S+ )?(?:còn|xuống|lên|thành)|chứ không phải (?:#|%|số)|lên thành|xuống còn|đơn (?:\S+ ){0,3}ấy")
PAID = _rule(
    r"(?:chuyển khoản|chuyển tiền|chuyển|thanh toán|banking|bank|cọc|đặt cọc|trả tiền|bắn|trả|momo) (?:\S+ ){0,6}(?:rồi|xong|thành công|r)|(?:đã|vừa|mới) (?:chuyển khoản|chuyển|thanh toán|bank|banking|cọc|bắn|trả|ck)"
    r"|stk|số tài khoản|(?:đưa|nộp) (?:tiền )?(?:\S+ ){0,6}rồi|bị lỗi|chuyển tiền|chuyển khoản nhầm|xin (?:số )?(?:tài khoản|tk|stk|qr|mã qr)|(?:cho|gửi) (?:\S+ )?(?:số tài khoản|stk|tk|qr|mã qr)|biên lai|bill|check (?:giúp|giùm|hộ|tiền|ck|chuyển khoản)|tiền (?:vào|về|tới) chưa|nhận (?:được )?tiền"
    r"|quét (?:mã|qr)|tài khoản (?:nào|gì|đâu|ngân hàng)|chuyển khoản # (?:k|nghìn|ngàn|tr)|chuyển khoản (?:vào|qua|được|hay|ngân hàng|tk)|kiểm tra (?:chuyển khoản|tiền|tài khoản|giúp)")
STATUS = _rule(
    r"(?:ghi|lên|nhận|chốt) (?:đơn )?(?:\S+ ){0,4}(?:chưa|rồi phải không|rồi hả|rồi đúng không)|(?:đơn|hàng|kiện|bưu kiện) (?:\S+ ){0,8}(?:đâu|chưa|sao|tới|đến|về|bao giờ|khi nào|đi chưa|ngày nào|hôm nào|mấy ngày)|(?:gửi|giao|ship|đi|lên|đóng|ra) (?:hàng |đơn |cho |em |chị |anh |mình )*chưa|(?:giao|gửi) (?:\S+ ){0,3}(?:tới|đến) đâu"
    r"|(?:khi nào|bao giờ|chừng nào|hôm nào|ngày nào|mấy giờ|lúc nào|bữa nào) (?:\S+ ){0,4}(?:giao|gửi|nhận|tới|có hàng|ship|về|đi|đến|xong)|mã vận đơn|vận đơn|tới đâu rồi|đến đâu rồi|(?:chưa|không) (?:thấy|nhận|có ai gọi|ai gọi)|sao (?:\S+ ){0,4}(?:lâu|chưa)|bên (?:ship|giao) gọi"
    r"|(?:lấy|mua|đặt|chốt|order) (?:\S+ ){0,8}(?:chưa|bao giờ|khi nào|mấy ngày|ngày nào|hôm nào)(?: \S+){0,3}$|mai (?:có|nhận được) (?:hàng )?(?:không|chưa)|đơn (?:của )?(?:em|chị|anh|mình|cô|bác) (?:\S+ ){0,4}(?:nhé|nha|#)? ?(?:đi|giao|ship|có) .*")
COMPLAINT = _rule(
    r"(?:giao|gửi|ship|đóng|bỏ) (?:nhầm|thiếu|sai|lộn|trễ|chậm)|(?:bị|bi|toàn|nhiều) (?:\S+ ){0,2}(?:dập|hỏng|hư|mốc|thối|nát|héo|chua|úng|nứt|bể|rách|ôi|thiếu|sượng)|(?:dập|hỏng|hư|mốc|thối|nát|úng|hôi|thiu|sượng) (?:hết|nửa|mất|quá|cả|#|mấy|nhiều|rồi)|đền|hoàn (?:tiền|lại)|trả (?:lại )?hàng|khiếu nại|lừa (?:đảo)?|thất vọng|bực|mà (?:\S+ )?(?:giao|cân|nhận|gửi|về) (?:\S+ )?(?:có|được|lại|thiếu|mỗi|#)|% còn %|hở|gọi lại ngay|% (?:\S+ ){0,3}(?:giao|nhận|về|cân|gửi|còn) (?:\S+ ){0,2}(?:có|được|lại|mỗi) (?:\S+ )?%|thái độ|quăng"
    r"|thiếu (?:của )?(?:em|chị|anh|mình|#|%|mất|một|hai)|nhận (?:\S+ ){0,5}(?:thiếu|có #|mỗi #|hỏng|dập|nhầm)|không giống|chán quá|dở quá|mặn quá|chê|cân thiếu|cân điêu|(?:%|#) (?:\S+ ){0,3}(?:dập|hỏng|hư|mốc|thối|nát|úng|bể|vỡ|héo|sâu)")
OTHERS = _rule(
    r"nghe (?:nói|đồn|bảo)|bên kia|có (?:bà|anh|chị|ông|bạn|cô|chú|nhà|đứa|thằng)|(?:anh|chị|bạn|cô|chú|bà|ông|em|thằng|con|mẹ|bác|người|nick|má|đứa|khách|nhà) (?:\S+ )?(?:kia|ấy|đó|nớ|nãy|trên|bên kia|bên cạnh)(?: (?:vừa|mới|đã|cũng|lại|mà|toàn|còn))* (?:lấy|mua|chốt|đặt|order|múc|hốt|vơ|gom|ôm|khuân|rước|bảo|kêu|nói)"
    r"|(?:anh|chị|bạn|cô|chú|bà|ông|em|người) (?:kia|ấy|đó|nào|nớ) .*|ai (?:đã |vừa |mới |cũng )?(?:lấy|mua|chốt|đặt|order|múc|hốt|cần|muốn|mà|đó|ăn|có|còn)|người ta|người khác|(?:mọi|nhiều|bao nhiêu|ba|mấy) người|bà con|có người|khách (?:nào|kia|đông|quen|khác)|tụi nó|chúng nó|ổng|bả|thấy (?:\S+ ){0,4}(?:lấy|mua|chốt|đặt)|toàn người|nhà (?:bên|kia)|hàng xóm (?:em |nhà em |mình |chị )?(?:lấy|mua|vừa|đặt|chốt|bảo|kêu|mới)|sếp (?:\S+ )?(?:lấy|mua|vừa|mới)"
    r"|(?:bạn|chị|vợ|chồng|mẹ|anh|em) \S+ (?:vừa|mới|đã) (?:lấy|mua|chốt|đặt)|(?:lấy|mua|chốt|đặt|order) (?:\S+ ){0,6}(?:ghê|kinh|dữ|khiếp|kìa|khỏe|khiếp thế|giàu)|lấy tận|mua tận|chốt tận|bạn em|chị gái em vừa|đồng nghiệp (?:\S+ )?(?:lấy|mua|vừa)|tranh (?:hết|mất)")
OFFER = _rule(
    r"(?:em|nhà|mình|bên|vườn|anh|chị|tôi|tui|cô|bác|con|quê) (?:\S+ ){0,5}(?:bán|sỉ|nhượng|thanh lý|để lại) (?:\S+ ){0,4}(?:shop|không|nhà shop|cho ai|giá|bên)|bán cho (?:shop|bên)|(?:có|muốn|đem|mang|dư) (?:\S+ ){0,4}bán cho|bán (?:giùm|giúp|hộ)|shop (?:\S+ ){0,3}(?:nhập|thu mua|thu|gom|mua|cần|lấy) (?:\S+ ){0,6}(?:không|chưa)"
    r"|cần bán|thanh lý|thu mua|nhập (?:\S+ ){0,4}(?:không|bên em)|bên (?:em|mình|chị|anh) (?:chuyên|cung cấp|có|nhận|đang|còn|sẵn|bán|làm)|nhà (?:em|mình|chị|anh|tôi|tui) (?:cũng |đang |còn )?(?:có|trồng|nuôi|dư|còn|thu|hái) .*|(?:có|còn|dư) (?:#|%) (?:\S+ ){0,5}(?:bán|nhập|cần|muốn|gửi|sỉ|không)|% (?:\S+ ){0,3}(?:bán|nhập) cho|ai (?:cần|mua|lấy) (?:ib|alo|gọi|liên hệ|lh|thì)|ghé (?:shop|nhà|live|bên) (?:em|mình)|đại lý|in (?:tem|bao bì|túi)|bao bì|hợp tác|ký gửi|gửi bán|cung cấp")
GAME = _rule(r"(?:em |mình |chị |anh |tôi |con |cháu )?đoán .*|minigame|mini game|đáp án|trúng (?:thưởng|giải|quà)|em nghĩ (?:là )?#.*|cược .*|đố|số may mắn|chẵn|quay số|mã dự thưởng|dự thưởng|đoán|em chọn số|chọn số|vòng quay|bốc thăm|giveaway|share livestream|đã share|share (?:rồi|xong|đủ)")
LEAD = _rule(r"(?:gọi|alo|nhắn|liên hệ|ib|call|nt|kết bạn) (?:\S+ ){0,5}(?:tư vấn|giúp|lại|nhé|cái|với|em|chị|mình)|tư vấn|báo giá|xin (?:\S+ ){0,2}(?:giá|zalo|số|sđt|số điện thoại|địa chỉ)|cho (?:\S+ ){0,2}(?:xin )?(?:số|sđt|zalo|địa chỉ|số điện thoại)|sỉ|mua sỉ|lấy sỉ|ctv|làm quà")
NOW_WORDS = _rule(r"(?:giờ|nay|hôm nay|lần này|bây giờ|đợt này|phiên này) (?:\S+ ){0,3}(?:lấy|mua|đặt|chốt|cho|thêm|order|múc|xin)|(?:lấy|mua|cho|đặt|chốt|order|múc) (?:\S+ ){0,4}(?:thêm|nữa|tiếp|lại)|thêm|nữa|đặt mới|như (?:hôm|lần|bữa|phiên|đợt)")
PAST = _rule(
    r"ngày nào cũng|bữa nào cũng|tuần nào cũng|(?:hôm|bữa|lần|đợt|tuần|tháng|chuyến|dịp|vụ|mùa|lúc|live) (?:bữa|hổm|trước|qua|nọ|kia|rồi|nãy|bữa|kìa|vừa rồi|trc)|hôm qua|hồi (?:\S+)|năm (?:ngoái|trước|kia)|tết (?:rồi|trước|năm ngoái)|(?:đã|từng|vừa|mới|trót|lỡ) (?:được )?(?:đăng ký|mua|lấy|đặt|ăn|chốt|order|nhận|dùng|thử)"
    r"|(?:mua|lấy|đặt|ăn|chốt|order|nhận|mở|đăng ký)(?: \S+){0,5} (?:rồi|xong|hết rồi|lần|về ăn|bữa|hôm|hồi|đợt)|(?:ăn|quất|xơi|chén|nhậu) (?:ngon|ngọt|thử rồi|hết|sạch)|nhận (?:được )?hàng|hàng (?:về|đẹp|ngon|ok)|quen rồi")
LATER_TIME = r"(?:(?:tháng|ngày|thứ|mùng|mồng) (?:#|hai|ba|tư|năm|sáu|bảy|chạp|giêng)|mai|mốt|ngày mai|ngày mốt|sáng mai|chiều mai|tối mai|(?:tuần|tháng|hôm|bữa|lần|đợt|năm|vụ|mùa|live|phiên|chuyến) (?:sau|tới|này lương|nữa)|cuối (?:tuần|tháng|năm)|đầu tháng|mùng \S+|rằm|tết(?: này| tới)?|khi (?:nào|có)|bao giờ|lúc nào|chừng nào|hôm nào|bữa nào|lãnh lương|có lương|lương về|lương|có tiền|hết tiền|nào (?:có|rảnh|về|lương|cưới))"
LATER = _rule(
    LATER_TIME + r"(?: (?!giao|ship|gửi|nhận)\S+){0,6}? (?:mua|lấy|đặt|chốt|ủng hộ|order|ghé|quay lại|múc|hốt|qua mua|xúc|gom|quất|book)"
    r"|(?:đợi|chờ|để|chắc|định|dự định|tính|dự|hóng|canh|hẹn|khi nào|bao giờ|hỏi) (?!dành|giúp|cho)(?:\S+ ){0,6}(?:rồi|mới|xong|đã|thì|sẽ|sau|mà|coi|xem|nha|xin phép)(?: (?!giao|ship|gửi)\S+){0,4} ?(?:mua|lấy|đặt|chốt|order|ủng hộ|tính|dám|múc|tiếp|hốt|$)"
    r"|(?:mua|lấy|đặt|chốt|ủng hộ|order) (?:\S+ )?(?:sau|lần sau|hôm sau|khi khác|dịp khác|bữa khác)|(?:\S+ ){1,6}xong (?:\S+ ){0,4}(?:lấy|mua|đặt|chốt|order|múc|quay)|để (?:\S+ )?(?:xem|tính|hỏi|nghĩ|suy nghĩ|coi|bàn (?:lại|với|đã)|cân nhắc)|hỏi (?:\S+ )?(?:vợ|chồng|mẹ|má|ba|bố|nhà|sếp|ý)|(?:định|dự định|dự tính|tính) (?:\S+ )?(?:mua|lấy|đặt)|(?:chắc|có lẽ|có khi|hình như) (?:\S+ ){0,3}(?:lấy|mua|đặt|chốt)"
    r"|chưa (?:lấy|mua|đặt|chốt|cần|có tiền|lương|dám)|hết tiền|chờ lương|đợi lương|tháng này hết|vợ (?:\S+ )?(?:không|chưa) cho|trúng (?:số|đề)|ủng hộ sau|sẽ (?:\S+ )?(?:mua|lấy|ủng hộ|đặt|quay|ghé|chốt|order)|(?:hẵng|mới) (?:\S+ ){0,3}(?:mua|lấy|đặt|chốt|dám)|ghé (?:\S+ ){0,2}(?:lấy|mua|bốc|rinh)|(?:gặt|thi|mổ|cưới|đẻ|thu|bán) (?:\S+ ){0,4}xong|để coi|nghĩ lại|được duyệt|ưng mới|có lương")
WISH = _rule(r"(?:muốn|thích|thèm|ước|mong) (?:\S+ ){0,5}(?:mà|nhưng|quá|ghê|có|được)|ước gì|giá mà|giá như|suy nghĩ|phân vân|cân nhắc|để dành tiền|tự thưởng|khao|đãi")
THEN = _rule(r"(?:thì|là) (?!thôi )(?:\S+ ){0,3}(?:lấy|mua|chốt|đặt|order|múc|hốt|gật|xúc|quất|khao|ủng hộ|%)")
TOPIC = _rule(r"^(?:(?:vậy|thế|thôi|còn|riêng|phần) )?(?:\$|em|chị|anh|mình|tôi|nhà em)? ?(?:thì|là)|(?:vậy|thế|thôi) thì|(?:đơn|tên|tổng|tức|ý) (?:\S+ ){0,2}là|là (?:#|%) (?:nhé|nha)")
LATER_DAY = _rule(LATER_TIME)
IF = _rule(
    r"nếu .*|(?:giá mà|miễn là|với điều kiện|khi mà|lỡ|chỉ cần) .*|(?:ngon|ngọt|rẻ|tốt|đẹp|ưng|thơm|giảm|bớt|freeship|free|free ship|tặng|đủ|lương|thử|đúng|bao|thật|hợp|ok giá|sale|có quà|kèm|fix|hạ|trúng)(?: \S+){0,5} (?:thì|là|mới|em|mình|chị)(?: \S+){0,4} (?:lấy|mua|chốt|đặt|ủng hộ|múc|order|quay|hốt|quất|ăn|tiếp|xúc|dám)"
    r"|(?:lấy|mua|đặt|chốt|order|múc|hốt|gom) (?:\S+ ){0,7}(?:thì|là) (?:\S+ ){0,6}(?:bao nhiêu|nhiêu|mấy|giá|giảm|bớt|tặng|ship|freeship|sao|không|được|có|free|hết|tính|rẻ)|(?:có|được|còn) (?:giảm|bớt|tặng|freeship|free|rẻ)(?: \S+){0,5} thì .*|thì (?:gật|ok|chốt|được|mua|lấy|hốt|múc)$|thì (?:em|mình|chị|anh|tôi|tui|con|cô) (?:mới )?(?:lấy|mua|chốt|đặt|ủng hộ|múc)")
SETTLED = _rule(r"(?:lấy|gom|bao|ôm|vét|múc|hốt|chốt) (?:hết|tất|sạch)(?! (?:bao|mấy|nhiêu))(?: \S+)*|(?:nếu )?(?:có|được|còn|bán|ok|ổn|kịp|đủ|nhận|ship được|gửi được|giao được|còn hàng|có hàng|có sẵn|chia được|cắt được|lẻ được|bán lẻ)(?: (?:ship|hàng|giao|nhé|nha|sẵn|lẻ|loại|size|\$|%|#|về|kịp|xe|cho|em|chị|anh|mình|tới|đến|\^\S+|đi|vào|tận|nơi|nhà|quả|to|ngon|tươi|shop|nào|túi|kg|cái)){0,5} (?:thì|là) (?:\S+ ){0,3}(?:chốt|lên đơn|lên|lấy|để|cho|đặt|gửi|giữ|order|ship|múc|hốt|luôn|đóng|ghi|mua|bỏ|%)")
QUESTION = _rule(
    r"bao nhiêu|nhiêu|bao lâu|bao giờ|bao xa|mấy (?!bịch|quả|trái|gói|túi)\S+|(?:được|có|là|nặng|bằng|hết|tới|khoảng|tầm|độ) mấy|(?<!đúng )(?<!y )(?<!theo )(?<!nguyên )(?<!chốt )giá(?! (?:live|gốc|này|đó|cũ|#))|sao|thế nào|như nào|như thế nào|làm sao|ra sao|ntn|ở đâu|chỗ nào|nơi nào|đâu|gì|hả|hay|chưa|khi nào|loại nào|cái nào|con nào|mã nào|quả nào|à$|nhỉ|hử|vậy ta|ai"
    r"|(?:có|còn|được|đúng|phải|ngon|ngọt|chua|cay|mặn|dai|béo|tươi|mềm|hạt|nước|đủ|ship|bán|giao|chín|xanh|to|hôi) (?:\S+ ){0,7}không|không(?: (?:shop|ạ|em|chị|anh|ad|nhỉ|vậy|thế|ta|bạn|cô|chú|nhé|nha|mọi|người|ơi|nè))*$|mấy %?|rứa$|ở mô|răng|bao (?:tiền|ship|cước)|hỏi|phí|cước|tổng|hết mấy|mấy$|kg$|#k$")
POLITE = _rule(r"(?:được|có được|được hay) (?:không|chưa)(?: (?:ạ|shop|em|chị|anh|ad|vậy|nhỉ|cô|chú|bạn|thế|nè))*$|(?:được|ok) không$")
BARGAIN = _rule(
    r"% # (?:k|nghìn|ngàn)(?: \S+){0,2} (?:đi|chốt|được|thì|nhé)|bớt|giảm (?:giá|cho|chút|tí|xíu|ít|thêm|#|đi|được|không|nữa|bao)|rẻ (?:hơn|chút|tí|xíu|đi|không|được)|fix|hạ giá|xin giá|tặng (?:thêm|kèm|quà|em|gì)|khuyến mãi|freeship|free ship|miễn (?:phí )?ship|tặng (?:%|#)|bao ship|sale|giá (?:tốt|sỉ|buôn|mềm)|mặc cả|đắt (?:quá|thế|vậy|ghê)|mắc (?:quá|vậy)|chát|trả giá|lỗ|tính (?:\S+ )?# (?:k|nghìn|ngàn|thôi)|làm tròn|khuyến mại|voucher|mã giảm|để giá|để (?:em )?# (?:k|nghìn|ngàn)|# (?:k|nghìn|ngàn) (?:được|bán) (?:không|nhé)|ưu đãi|chiết khấu|thêm bớt")
STREAM = _rule(r"lag|giật|mờ|rè|camera|xoay|lật|zoom|mic|âm thanh|tiếng|nghe (?:rè|không|nhỏ|rõ)|bật đèn|tối quá|mất (?:hình|tiếng)|(?:đưa|quay|soi|mở|cắt|bổ|giơ|cầm) (?:\S+ ){0,3}(?:xem|coi|ngó|nhìn|ngắm)|quay (?:gần|lại|sang|cận)|live|đứng hình|phát lại|nhạc|soi|(?:mở|xé|bổ|cắt|bẻ|nếm) (?:\S+ ){0,4}(?:ra|thử|coi|xem)|cho (?:em |chị |mình |anh |tôi |con |bà |cô |bác |tui |bà con |mọi người |cả nhà )?(?:xem|coi|hỏi|nhìn|ngắm|ngó|biết)|cắt (?:thử|ra)|bổ (?:thử|ra|#)|ăn thử đi|test|nói (?:to|nhỏ|lại|chậm)")
PRAISE = _rule(r"(?:ngon|ngọt|đẹp|thơm|xinh|to|tươi|mê|thích|hấp dẫn|dễ thương|tuyệt|đỉnh|hay|vui|cute|dai|mềm|ưng|ghê|sạch) (?:quá|ghê|thế|vậy|lắm|thật|xỉu|dữ|nhỉ|nha|nhé|vời|luôn|kinh|hơn)|nhìn (?:\S+ ){0,4}(?:ngon|thèm|thích|mê|đã|ngọt|đẹp|to|tươi|muốn|mà)|thèm|hihi|haha|kkk|hehe|chúc|ủng hộ tinh thần|xem (?:cho|thôi|vui|chơi)|hóng|chấm|\.")
STRONG = _rule(r"chốt|lên đơn|đặt|order|múc|hốt|xúc|quất|book|rước|lụm|ẵm|vơ|nhét|chơi luôn|xơi|hú|chừa|đăng ký|đăng kí|ghi (?:sổ|cho|giúp|tên)|vớt|nhường|lấy luôn|lấy (?:cho )?(?:em|mình|chị|anh|tôi|tui|con|cô|bác|bà|ông|mẹ|e|a)|cho (?:em|mình|chị|anh|tôi|tui|con|cô|bác|cháu|bà|ông|nhà) (?:xin |lấy |đặt |mua |order |thêm |chốt )?(?:%|#)|mua (?:cho|giúp|luôn|ngay)|gửi cho|ship cho|giao cho|(?:đưa|bỏ|gói|triển|đóng|soạn|cân|nhặt|lựa|chọn|lưu|phần|dành|cắt|khui|quăng|thảy|ship) (?:cho |giúp |hộ |giùm )?(?:em|mình|chị|anh|tôi|tui|con|cô|bác|bà|ông|dì|cháu|nhà) (?:#|%)|để (?:cho |dành |giúp )?(?:em|mình|chị|anh|tôi|con|cô|bác)|giữ (?:cho |giúp |hộ )?(?:em|mình|chị|anh|tôi|con|cô|bác|#)|đóng (?:cho|giúp)|gói (?:cho|giúp)|bán (?:cho )?(?:em|mình|chị|anh|tôi|con|cô|bác)")
WEAK = _rule(r"lấy|mua|thêm|xin|cho|để|giữ|gửi|gom|bao hết|ủng hộ|cân|đóng|gói|phần|bán|ship|giao|cộng|nhặt|lựa|\+|đơn|mở hàng|thử lửa|như cũ|đu theo|cần|muốn|hàng cho|quà|soạn|xếp|lượm|tậu|khuân|bê")
PLEASE = _rule(r"(?:nha|nhé|nhen|nghen|ạ|đi|với|luôn|nè|thôi|hỉ|hen|nghe)")
PRESENT = _rule(r"bảo lấy|bảo mua|kêu (?:lấy|mua)|chốt|giữ|để (?:cho |dành )?(?:em|mình|chị|anh|tôi|tui|con|cô|bác)|gói|đóng|lên đơn|gom|lấy trước|giờ|nay|thử|đặt trước|cho (?:em|mình|chị|anh|tôi|tui|con|cô|bác) %")
# What tells of goods and asks for none, where no word of buying stands beside it.
TELLS = _rule(r"ăn|nấu|kho|nướng|nuôi|trồng|làm|thấy|nhìn|mơ|đẻ|gãy|cắn|mọc|rụng|hái|bán|nặng|cân nặng|tăng|nhịn|mất mùa|mùa|lên (?:giường|sàn|kệ)|gác bếp|giống|chở|khiêng|xơi|nhậu|tương đương|bằng|là %|hơn|có %|được %|ra %|ở|tận|chỉ có|đứng|ngồi|nằm|cười|thời|hồi|tuổi|mập|béo|tròn|vẽ|thi|cày|dắt|húc|đấm|đánh|rơi|đá")
ADVERT = _rule(r"sỉ lẻ|chuyên (?:sỉ|cung cấp|bán|túi|in|nhận)|bao ăn|ship toàn quốc|đặt hàng @|thanh lý|giá xưởng|giá gốc|còn mới|tại kho|lô #|về bờ|nhóm @|(?:lh|liên hệ|gặp|hotline) (?:ngay )?@|inbox (?:ngay|em)|uy tín|bao đổi trả|cho thuê|sang nhượng|cần sang")
TAKES = _rule(r"lấy|mua|thêm|xin|cho|giữ|gửi|gom|ship|giao|nhét|vơ|chơi|xơi|thu|đăng ký|bán|hàng cho|cần")
# A relative of the viewer buys: a tale, unless it ends like a wish ("mẹ em lấy 2 cân nhé").
RELATIVE = _rule(r"(?:chồng|vợ|bạn|sếp|má|mẹ|bố|ba|bà|ông|anh|chị|con|cháu|thằng|hàng xóm|đồng nghiệp|khách|bố mẹ|con bạn|nhỏ bạn|đám cưới|trưởng (?:bản|thôn)|ông trưởng) (?:tôi|tui|em|mình|chị|anh|nhà|bản|chồng|vợ|thôn)(?: (?!bảo|kêu|dặn|nhờ|biểu|muốn|nhắn)\S+){0,3} (?:lấy|mua|chốt|đặt|ăn|ẵm|múc|order|nhắm)")
PLEASE_AT_END = _rule(r"(?:nha|nhé|nhen|nghen|hen|hỉ|nghe|ạ|luôn|thôi|nè)(?: (?:shop|em|chị|anh|cô|bác|ad|con|cháu|bà|ơi|gái))*$")
PAID_ALREADY = _rule(r"(?:chuyển khoản|chuyển tiền|chuyển|thanh toán|bank|cọc|đưa|trả|momo) (?:\S+ ){0,6}(?:rồi|xong)|(?:đã|vừa|mới) (?:chuyển khoản|chuyển|thanh toán|bank|cọc|trả)|bị lỗi")
HEDGE = _rule(r"để (?:coi|xem|tính|nghĩ)|nói (?:vui|chơi|đùa)|đùa|giỡn|nghĩ lại|(?:chưa|không) chắc|biết đâu|hỏi (?:vợ|chồng|mẹ)|tính sau đã")
WHEN = _rule(r"^(?:khi nào|bao giờ|chừng nào|lúc nào|hôm nào|bữa nào|nếu|đợi|chờ|lỡ|giá mà|ngày nào) .*")
HAS = _rule(r"có|còn|dư|được|thu|trồng|vườn")
MISSING = _rule(r"(?:đặt|lấy|mua|ghi|chốt) .*mà (?:\S+ ){0,2}(?:giao|cân|nhận|gửi|về|được|chưa|không thấy) .*")
LEADS = _rule(r"(?:em|mình|tôi|chị|anh|quán|bên em|nhà em) (?:\S+ ){0,6}(?:cần|muốn|tìm|mở)|cần nguồn|tìm nguồn|tư vấn")
CALL = _rule(r"gọi|liên hệ|lh|zalo|tư vấn|cần|muốn|kết bạn|add|hỏi|chở|thuê|ib|inbox|nguồn|mối")
SOMEBODY_ELSES = _rule(r"(?:nếu|lỡ) (?:chồng|vợ|mẹ|má|con|bạn|sếp|trời|mai|em|mình|tôi|ba|bố|anh ấy|nhà em|bà xã|ông xã)")
