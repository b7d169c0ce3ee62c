/* `readable(text)`: a Vietnamese text as somebody would say it, for the voice of the device.

   Numbers become words here, although most voices can count: one reads 2.811,7 as a decimal, the
   next as a date, and 5/9 is a day to all of them. Words are read alike by every voice, and can be
   tested. What is not known for sure stays as it is. No page, no state: the tests call it alone.
   (Old WebViews: no lookbehind, no \p{L}.) */
(function (root) {
  "use strict";

  /* == numbers in words ======================================================================= */

  var DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

  function threeDigits(n, whole) {
    var hundreds = Math.floor(n / 100), tens = Math.floor(n / 10) % 10, ones = n % 10, words = [];
    if (hundreds || whole) words.push(DIGITS[hundreds], "trăm");
    if (tens > 1) words.push(DIGITS[tens], "mươi");
    else if (tens === 1) words.push("mười");
    else if (ones && words.length) words.push("linh");
    if (ones === 1 && tens > 1) words.push("mốt");
    else if (ones === 4 && tens > 1) words.push("tư");
    else if (ones === 5 && tens) words.push("lăm");
    else if (ones) words.push(DIGITS[ones]);
    return words;
  }
  function integer(digits) {
    digits = digits.replace(/^0+(?=\d)/, "");
    if (digits.length > 15) return oneByOne(digits);
    if (digits === "0") return "không";
    var words = [], scales = ["", "nghìn", "triệu", "tỷ", "nghìn tỷ"], groups = [];
    for (var end = digits.length; end > 0; end -= 3) groups.unshift(+digits.slice(Math.max(0, end - 3), end));
    for (var i = 0; i < groups.length; i++) {
      if (!groups[i]) continue;
      words = words.concat(threeDigits(groups[i], words.length > 0));
      if (scales[groups.length - 1 - i]) words.push(scales[groups.length - 1 - i]);
    }
    return words.join(" ");
  }
  function oneByOne(digits) {
    return digits.replace(/\D/g, "").split("").map(function (d) { return DIGITS[+d]; }).join(" ");
  }
  /* `2.811,7`, `99,95`, `1,284,000`, `4.0`: dot for thousands, comma for decimals, and what people
     bring along from English keyboards where it can mean nothing else. */
  function number(text) {
    if (/^\d{1,3}(,\d{3}){2,}$/.test(text)) return integer(text.replace(/,/g, ""));
    if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) text = text.replace(/\./g, "");
    var parts = text.split(",");
    var whole = parts[0].split(".").map(integer).join(" chấm ");
    if (parts.length === 1) return whole;
    var decimals = parts[1];
    return whole + " phẩy " + (decimals.length > 2 || decimals.charAt(0) === "0" ? oneByOne(decimals) : integer(decimals));
  }
  function ordinal(n) { return n === 1 ? "nhất" : n === 4 ? "tư" : integer(String(n)); }
  function roman(letters) {
    if (!/^(XL|L?X{0,3})(IX|IV|V?I{0,3})$/.test(letters) || !letters) return 0;
    var values = { I: 1, V: 5, X: 10, L: 50 }, sum = 0;
    for (var i = 0; i < letters.length; i++) {
      var value = values[letters.charAt(i)];
      sum += value < (values[letters.charAt(i + 1)] || 0) ? -value : value;
    }
    return sum;
  }

  /* == days =================================================================================== */

  function isDay(d, m) { return d >= 1 && m >= 1 && m <= 12 && d <= [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]; }
  function month(m) { return "tháng " + (+m === 4 ? "tư" : integer(String(+m))); }
  function year(y) { return "năm " + integer(String(y)); }
  function day(d, m, y, before) {
    var word = /(ngày|mùng|mồng)\s*$/i.test(before) ? "" : "ngày ";
    return word + integer(String(+d)) + " " + month(m) + (y ? " " + year(y) : "");
  }
  var DAY_WORD = /(^|[^A-Za-zÀ-ỹ])(ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng)\s*\(?$/i;
  var LOOSE_DAY_WORD = /(^|[^A-Za-zÀ-ỹ])(ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|mồng|từ|đến|tới|dịp|lễ|trước|sau|khánh|niệm|vào)\s*\(?$|\d\/\d{1,2}\s*(,|và|đến)\s*$/i;
  // What follows a share (5/9 xã), never a day.
  var COUNTED = new RegExp("^\\s*(" + [
    "xã", "phường", "thị trấn", "huyện", "tỉnh", "thôn", "ấp", "khóm", "bản", "buôn", "làng", "khu", "tổ", "đơn", "hộ", "người",
    "đồng chí", "đại biểu", "ủy viên", "đảng viên", "hội viên", "đoàn viên", "cán bộ", "công dân", "cử tri", "chi bộ", "chi hội",
    "đảng bộ", "cơ sở", "cơ quan", "đơn vị", "trường", "mô hình", "tiêu chí", "chỉ tiêu", "nhiệm vụ", "ý kiến", "kiến nghị", "vụ",
    "việc", "cuộc", "công trình", "dự án", "điểm", "phiếu", "lượt", "suất", "căn", "nhà", "cầu", "tuyến", "con", "km", "kg", "ha",
    "m2", "m²", "thành viên", "học sinh", "em", "cháu", "phần", "sản phẩm", "nội dung", "hồ sơ", "thủ tục", "câu lạc bộ", "địa phương",
    "sáng kiến", "hợp tác xã", "doanh nghiệp", "khu phố", "khu dân cư", "tổ chức", "đoàn thể", "gia đình"
  ].join("|") + ")(?![A-Za-zÀ-ỹ])", "i");

  /* == abbreviations ========================================================================== */

  var SHORT = {
    "MTTQ": "Mặt trận Tổ quốc", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc", "MTTQVN": "Mặt trận Tổ quốc Việt Nam",
    "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam", "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân",
    "ĐBQH": "đại biểu Quốc hội", "QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội", "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ", "BCĐ": "Ban Chỉ đạo", "BTC": "Ban Tổ chức", "BDV": "Ban Dân vận", "BTG": "Ban Tuyên giáo",
    "TW": "Trung ương", "TƯ": "Trung ương", "LHPN": "Liên hiệp Phụ nữ", "CCB": "Cựu chiến binh", "HND": "Hội Nông dân",
    "TNCS": "Thanh niên Cộng sản", "LĐLĐ": "Liên đoàn Lao động", "CĐCS": "công đoàn cơ sở", "CTĐ": "Chữ thập đỏ",
    "NCT": "người cao tuổi", "TNXP": "thanh niên xung phong", "ĐVTN": "đoàn viên, thanh niên", "QCDC": "Quy chế dân chủ",
    "DTTS": "dân tộc thiểu số", "ANTT": "an ninh trật tự", "ANTQ": "an ninh Tổ quốc", "TTATXH": "trật tự an toàn xã hội",
    "ATGT": "an toàn giao thông", "TTATGT": "trật tự an toàn giao thông", "PCCC": "phòng cháy chữa cháy",
    "PCTN": "phòng, chống tham nhũng", "QPAN": "quốc phòng, an ninh", "QP": "quốc phòng", "AN": "an ninh",
    "QĐND": "Quân đội nhân dân", "CAND": "Công an nhân dân", "BĐBP": "Bộ đội Biên phòng", "KT": "kinh tế", "XH": "xã hội",
    "NTM": "nông thôn mới", "XDNTM": "xây dựng nông thôn mới", "MTQG": "mục tiêu quốc gia", "GPMB": "giải phóng mặt bằng",
    "CCHC": "cải cách hành chính", "TTHC": "thủ tục hành chính", "CNTT": "công nghệ thông tin", "CĐS": "chuyển đổi số",
    "BHYT": "bảo hiểm y tế", "BHXH": "bảo hiểm xã hội", "NHCSXH": "Ngân hàng Chính sách xã hội", "HTX": "hợp tác xã",
    "THT": "tổ hợp tác", "CLB": "câu lạc bộ", "KHKT": "khoa học kỹ thuật", "THPT": "trung học phổ thông",
    "THCS": "trung học cơ sở", "TDTT": "thể dục thể thao", "VHVN": "văn hóa văn nghệ", "CBCCVC": "cán bộ, công chức, viên chức",
    "CNVCLĐ": "công nhân, viên chức, lao động", "TDP": "tổ dân phố", "KDC": "khu dân cư", "XHCN": "xã hội chủ nghĩa",
    "CNXH": "chủ nghĩa xã hội", "CNH": "công nghiệp hóa", "HĐH": "hiện đại hóa", "ĐĐK": "đại đoàn kết", "VN": "Việt Nam",
    "HCM": "Hồ Chí Minh", "TPHCM": "Thành phố Hồ Chí Minh", "TP": "thành phố", "TX": "thị xã", "TTXVN": "Thông tấn xã Việt Nam",
    "CTV": "cộng tác viên", "NQ": "Nghị quyết", "OCOP": "ô cốp", "PGS": "Phó Giáo sư", "GS": "Giáo sư", "TS": "Tiến sĩ",
    "VNĐ": "đồng", "VND": "đồng", "USD": "đô la Mỹ", "GD": "giáo dục", "ĐT": "đào tạo", "NN": "Nông nghiệp",
    "PTNT": "Phát triển nông thôn", "TN": "Tài nguyên", "MT": "Môi trường", "KH": "khoa học", "CN": "công nghệ"
  };
  // These mean one thing only beside each other.
  var ONLY_TOGETHER = { "KT": 1, "XH": 1, "QP": 1, "AN": 1, "GD": 1, "ĐT": 1, "NN": 1, "PTNT": 1, "TN": 1, "MT": 1, "KH": 1, "CN": 1, "TS": 1, "GS": 1, "PGS": 1 };
  var DOCUMENTS = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "KL": "Kết luận", "KH": "Kế hoạch", "HD": "Hướng dẫn", "BC": "Báo cáo",
    "NĐ": "Nghị định", "TT": "Thông tư", "CV": "Công văn", "TB": "Thông báo", "CTR": "Chương trình", "CTHĐ": "Chương trình hành động",
    "ĐA": "Đề án", "TTR": "Tờ trình", "QC": "Quy chế", "PL": "Pháp lệnh", "TTLT": "Thông tư liên tịch"
  };
  var ISSUERS = {
    "TW": "Trung ương", "TƯ": "Trung ương", "CP": "Chính phủ", "TTG": "Thủ tướng", "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân",
    "MTTQ": "Mặt trận Tổ quốc", "MTTW": "Trung ương Mặt trận", "HU": "Huyện ủy", "ĐU": "Đảng ủy", "BTV": "Ban Thường vụ",
    "BCĐ": "Ban Chỉ đạo", "BDVTW": "Ban Dân vận Trung ương", "VPTW": "Văn phòng Trung ương", "BTCTW": "Ban Tổ chức Trung ương",
    "BTGTW": "Ban Tuyên giáo Trung ương", "BNV": "Bộ Nội vụ", "BTC": "Bộ Tài chính", "UBTVQH": "Ủy ban Thường vụ Quốc hội", "QH": "Quốc hội"
  };
  var UNITS = {
    "km²": "ki lô mét vuông", "km2": "ki lô mét vuông", "m²": "mét vuông", "m2": "mét vuông", "m³": "mét khối", "m3": "mét khối",
    "km": "ki lô mét", "cm": "xen ti mét", "mm": "mi li mét", "m": "mét", "ha": "héc ta", "kg": "ki lô gam", "g": "gam", "l": "lít",
    "kWh": "ki lô oát giờ", "kW": "ki lô oát", "kV": "ki lô vôn", "đ": "đồng", "₫": "đồng", "tr": "triệu", "°C": "độ C", "ºC": "độ C", "‰": "phần nghìn"
  };
  var NUMBER = "\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?|\\d+(?:[.,]\\d+)*";

  /* == the rules, in the order they are asked ================================================= */

  function isWordy(sign) { return /[0-9A-Za-zÀ-ỹ]/.test(sign); }
  function isCapital(sign) { return sign.toLowerCase() !== sign && sign.toUpperCase() === sign; }
  /* Every whole match (no letter or digit touches it) becomes what `say(match, before, after)`
     answers; without an answer it stays. */
  function swap(text, pattern, say) {
    return text.replace(pattern, function () {
      var match = arguments, whole = match[match.length - 1], at = match[match.length - 2];
      var end = at + match[0].length;
      if (isWordy(whole.charAt(at - 1)) || isWordy(whole.charAt(end))) return match[0];
      var said = say(match, whole.slice(0, at), whole.slice(end));
      return said === undefined ? match[0] : said;
    });
  }

  function documents(text) {
    // 05-NQ/TW, 59/2023/NĐ-CP, 10/2022/QH15, 1178/QĐ-UBND
    return swap(text, /(\d{1,5})(?:\/(\d{4}))?\s?[-–\/]\s?([A-ZĐƯ][A-ZĐƯa-z]*\d*(?:[-–\/][A-ZĐƯ][A-ZĐƯa-z]*\d*)*)/g, function (m, before) {
      var parts = m[3].toUpperCase().split(/[-–\/]/), kind = DOCUMENTS[parts[0]];
      var issuer = /^([A-ZĐƯ]+?)(\d*)$/.exec(parts[parts.length - 1]);
      if (!kind && !/^(UBTV)?QH\d+$/.test(parts[0])) return undefined;
      var words = [];
      if (kind && !/(nghị quyết|quyết định|quy định|chỉ thị|kết luận|kế hoạch|hướng dẫn|báo cáo|nghị định|thông tư|công văn|thông báo|chương trình|hành động|đề án|tờ trình|quy chế|pháp lệnh|liên tịch|luật)(\s+số)?\s*:?\s*$/i.test(before)) words.push(kind);
      words.push(m[1].charAt(0) === "0" ? oneByOne(m[1]) : integer(m[1]));
      if (m[2]) words.push(year(m[2]));
      if (issuer && ISSUERS[issuer[1]]) words.push("của " + ISSUERS[issuer[1]] + (issuer[2] ? " khóa " + integer(issuer[2]) : ""));
      return words.join(" ");
    });
  }
  /* A paper is called by its sign: Nghị quyết 01 is "không một", 01 năm is "một năm". */
  function papers(text) {
    return swap(text, /0\d{1,2}/g, function (m, before) {
      if (/(nghị quyết|chỉ thị|quyết định|kết luận|kế hoạch|đề án|thông tư|nghị định|quy định)(\s+số)?\s*$/i.test(before)) return oneByOne(m[0]);
    });
  }
  function telephones(text) {
    return swap(text, /0\d{1,3}(?:[ .]?\d{3,4}){2}/g, function (m, before) { return /[\d.,]$/.test(before) ? undefined : oneByOne(m[0]); });
  }
  function days(text) {
    text = text.replace(/(\d\/\d{1,2}(?:\/\d{4})?)\s*[-–]\s*(?=\d{1,2}\/\d{1,2}(?!\d))/g, "$1 đến ");
    text = swap(text, /(\d{1,2})\s*[-–]\s*(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?/g, function (m, before) {
      if (isDay(m[1], +m[3]) && isDay(m[2], +m[3]) && +m[1] < +m[2]) return day(m[1], m[3], "", before).replace(/ tháng .*/, "") + " đến " + day(m[2], m[3], m[4], "");
    });
    text = swap(text, /(\d{1,2})\s*[-–]\s*(\d{1,2})\/((?:19|20)\d\d)/g, function (m, before) {
      if (+m[1] <= 12 && +m[2] <= 12) return (/tháng\s*$/i.test(before) ? month(m[1]).slice(6) : month(m[1])) + " đến " + month(m[2]) + " " + year(m[3]);
    });
    text = swap(text, /(\d{4})-(\d{2})-(\d{2})/g, function (m, before) { if (isDay(m[3], +m[2])) return day(m[3], m[2], m[1], before); });
    text = swap(text, /(\d{1,2})([\/.\-])(\d{1,2})\2(\d{4})/g, function (m, before) { if (isDay(m[1], +m[3])) return day(m[1], m[3], m[4], before); });
    text = swap(text, /(\d{1,2})\/((?:19|20)\d\d)/g, function (m, before) {
      if (+m[1] >= 1 && +m[1] <= 12 && !/(quý|kỳ|\/)\s*$/i.test(before)) return (/tháng\s*$/i.test(before) ? month(m[1]).slice(6) : month(m[1])) + " " + year(m[2]);
    });
    text = swap(text, /(\d)\/((?:19|20)\d\d)/g, function (m, before) {
      if (/(quý|kỳ)\s*$/i.test(before)) return integer(m[1]) + " " + year(m[2]);
    });
    text = swap(text, /((?:19|20)\d\d)\s*[\/]\s*((?:19|20)\d\d)/g, function (m) { return integer(m[1]) + " đến " + integer(m[2]); });
    text = swap(text, /(\d{1,2})[.\-](\d{1,2})/g, function (m, before, after) {
      if (DAY_WORD.test(before) && isDay(m[1], +m[2]) && !/^\s*(tháng|ngày|giờ|[\/.\-]\d)/i.test(after)) return day(m[1], m[2], "", before);
    });
    return swap(text, /(\d{1,2})\/(\d{1,2})/g, function (m, before, after) {
      if (!isDay(m[1], +m[2]) || COUNTED.test(after) || /^\s*[\/\d]/.test(after)) return undefined;
      if (LOOSE_DAY_WORD.test(before)) return day(m[1], m[2], "", before);
      if (/(chiếm|đạt|được|gần|hơn|khoảng|bằng|giảm|tăng|còn|có|tỷ lệ)\s*$/i.test(before) || /^\s*(số|tổng|diện tích|dân số)(?![A-Za-zÀ-ỹ])/i.test(after)) return undefined;
      return day(m[1], m[2], "", before);
    });
  }
  function hours(text) {
    text = text.replace(/(\d\s?[hg]\d{0,2}|\d{1,2}:\d{2})\s*[-–]\s*(?=\d{1,2}\s?[hg:])/g, "$1 đến ");
    return swap(text, /(\d{1,2})(?:\s?giờ\s?(\d{2})|\s?[hg](?:\s?(\d{2}))?|:(\d{2}))(\s*phút)?/g, function (m, before, after) {
      var minutes = m[2] || m[3] || m[4];
      if (+m[1] > 24 || +(minutes || 0) > 59 || (!minutes && /g$/.test(m[0])) || /^[:,]\d/.test(after)) return undefined;
      return integer(m[1]) + " giờ" + (+minutes ? " " + integer(minutes) + " phút" : "");
    });
  }
  function shares(text) {
    return swap(text, new RegExp("(" + NUMBER + ")\\/(" + NUMBER + ")(?!\\/)", "g"), function (m, before, after) {
      if (/\/$/.test(before)) return undefined;
      var isPart = +m[1] < +m[2] && +m[2] <= 10 && (/^\s*(số|tổng|diện tích|dân số)(?![A-Za-zÀ-ỹ])/i.test(after) || /(chiếm|gần|hơn|khoảng|bằng)\s*$/i.test(before));
      return number(m[1]) + (isPart ? " phần " : " trên ") + number(m[2]);
    });
  }
  function romans(text) {
    var list = "[IVXL]+(?:(?:\\s*[,\\-–]\\s*|\\s+(?:và|đến)\\s+)[IVXL]+)*";
    var after = "(lần thứ|thứ|quý|khóa|khoá|đại hội|thế kỷ|chương|phần|mục|kỳ họp|hạng|loại|cấp|giai đoạn|vùng|đợt|nhóm|phụ lục|bậc|học kỳ)(\\s+(?:Đảng|Đoàn|toàn quốc))?\\s+";
    text = swap(text, new RegExp(after + "(" + list + ")", "gi"), function (m) {
      if (m[3] !== m[3].toUpperCase().replace("VÀ", "và").replace("ĐẾN", "đến")) return undefined;
      var known = true, is_rank = /thứ$/i.test(m[1]);
      var said = m[3].replace(/[IVXL]+/g, function (letters) {
        var n = roman(letters);
        if (!n) known = false;
        return is_rank ? ordinal(n) : integer(String(n));
      }).replace(/\s*[-–]\s*/g, " đến ");
      return known ? m[1] + (m[2] || "") + " " + said : undefined;
    });
    text = text.replace(/^([IVX]+)(?=[.)]\s)/, function (letters) { return roman(letters) ? integer(String(roman(letters))) : letters; });
    return text.replace(/([A-Za-zÀ-ỹ])\s?\/\s?((?:19|20)\d\d)(?!\d)/g, function (m, letter, y) { return letter + " " + year(y); });
  }
  function ranks(text) {
    text = text.replace(/(tháng)\s+0?4(?![\d\/]|[.,]\d)/gi, "$1 tư");
    return swap(text, /thứ\s+(1|4)/gi, function (m) { return m[0].slice(0, 3) + " " + ordinal(+m[1]); });
  }
  function places(text) {
    text = text.replace(/TP\s?\.?\s?HCM/g, "Thành phố Hồ Chí Minh");
    var words = { "TP": "thành phố", "TX": "thị xã", "TT": "thị trấn", "P": "phường", "Q": "quận" };
    return text.replace(/(^|[^0-9A-Za-zÀ-ỹ.])(TP|Tp|TX|Tx|TT|Tt|P|Q)\.\s?(.)/g, function (m, before, short, next) {
      return isCapital(next) || /\d/.test(next) ? before + words[short.toUpperCase()] + " " + next : m;
    });
  }
  function abbreviations(text) {
    text = swap(text, /đ\/c/gi, function (m) { return m[0].charAt(0) === "Đ" ? "Đồng chí" : "đồng chí"; });
    text = swap(text, /v\/v/gi, function () { return "về việc"; });
    text = text.replace(/v\.\s?v(\.{1,3}|…)?/g, "vân vân").replace(/(^|[^A-Za-zÀ-ỹ])ThS\.?(?=\s)/g, "$1Thạc sĩ").replace(/(^|[^A-Za-zÀ-ỹ])TS\.(?=\s)/g, "$1Tiến sĩ").replace(/(^|[^A-Za-zÀ-ỹ])BS\.(?=\s)/g, "$1Bác sĩ");
    text = text.replace(/LĐ\s?[-–]\s?TB\s?&\s?XH|LĐTBXH|LĐTB&XH/g, "Lao động, Thương binh và Xã hội").replace(/VH\s?,?\s?TT\s?&\s?DL|VHTTDL|VHTT&DL/g, "Văn hóa, Thể thao và Du lịch").replace(/TT&TT/g, "Thông tin và Truyền thông");
    return swap(text, /[A-ZĐƯ]{2,}(?:\s?[&\-–.]\s?[A-ZĐƯ]{2,})*/g, function (m) {
      var whole = SHORT[m[0].replace(/\./g, "")];
      if (whole && !ONLY_TOGETHER[m[0]]) return whole;
      var parts = m[0].split(/\s?[&\-–.]\s?/);
      if (parts.length === 1 || !parts.every(function (part) { return SHORT[part]; })) return undefined;
      return parts.map(function (part) { return SHORT[part]; }).join(/&/.test(m[0]) ? " và " : ", ");
    });
  }
  function measures(text) {
    text = text.replace(/(\d|đồng|triệu|nghìn|tỷ)(\s?(?:km\/h))(?![A-Za-zÀ-ỹ])/g, "$1 ki lô mét một giờ");
    var names = Object.keys(UNITS).sort(function (a, b) { return b.length - a.length; }).join("|");
    text = text.replace(new RegExp("(\\d)\\s?(" + names + ")(?![0-9A-Za-zÀ-ỹ²³])", "g"), function (m, digit, unit) { return digit + " " + UNITS[unit]; });
    // 500 ki lô gam/ha, 50 triệu đồng/người/năm
    text = text.replace(/((?:đồng|triệu|nghìn|tỷ|tấn|tạ|yến|lít|vuông|khối|gam|mét|héc ta|suất|giờ|lượt|lần))((?:\/[a-zà-ỹđ0-9²³]+)+)/g, function (m, unit, per) {
      return unit + per.split("/").slice(1).map(function (each) { return " một " + (UNITS[each] || each); }).join("");
    });
    return text;
  }
  function numbers(text) {
    text = text.replace(/(^|\s)[-−](?=\d+(?:[.,]\d+)?\s?độ)/g, "$1âm ");
    text = text.replace(/([A-Za-zÀ-ỹ])[-–](?=\d)/g, "$1 ");
    text = swap(text, new RegExp("(" + NUMBER + ")\\s*[-–]\\s*(" + NUMBER + ")", "g"), function (m) { return number(m[1]) + " đến " + number(m[2]); });
    text = text.replace(/(\d)\s*[x×]\s*(?=\d)/g, "$1 nhân ");
    return swap(text, new RegExp(NUMBER, "g"), function (m) {
      return m[0].length > 6 && /^0\d+$/.test(m[0]) ? oneByOne(m[0]) : number(m[0]);
    });
  }
  function signs(text) {
    var words = { "%": " phần trăm", "&": " và ", "=": " bằng ", "≥": " lớn hơn hoặc bằng ", "≤": " nhỏ hơn hoặc bằng ", ">": " lớn hơn ", "<": " nhỏ hơn ", "≈": " khoảng ", "~": " khoảng ", "±": " cộng trừ ", "×": " nhân " };
    return text
      .replace(/^\s*[+•*\-–—]\s+/, "")
      .replace(/[%&=≥≤><≈~±×]/g, function (sign) { return words[sign]; })
      .replace(/\s\+\s?|\+/g, " cộng ")
      .replace(/[“”"«»‹›*#•]/g, "").replace(/\s_+\s/g, ", ").replace(/_/g, " ")
      .replace(/(\.{3,}|…)\s*$/, ".").replace(/\.{3,}|…/g, ",")
      .replace(/\s+[-–—]\s+|\s*—\s*|–/g, ", ")
      .replace(/([A-Za-zÀ-ỹ])\s?\/\s?(?=[A-Za-zÀ-ỹ])/g, "$1, ");
  }

  function readable(text) {
    text = String(text).replace(/[\u00a0\u2007\u202f]/g, " ");
    if (text.normalize) text = text.normalize("NFC");
    [documents, papers, telephones, days, hours, shares, romans, ranks, places, abbreviations, measures, numbers, signs].forEach(function (rule) { text = rule(text); });
    return text.replace(/\s+/g, " ").replace(/\s+([,.;:!?])/g, "$1").replace(/,(\s*[,.;:!?])/g, "$1").trim();
  }

  root.readable = readable;
})(typeof window === "undefined" ? globalThis : window);
