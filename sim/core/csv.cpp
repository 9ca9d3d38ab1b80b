#include "sim/core/csv.hpp"

#include "sim/core/text.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <sys/stat.h>

namespace metier {

namespace {

constexpr std::size_t kLargest = 100'000'000;

/// Content of a file, or nothing and a problem.
std::optional<std::string> content_of(const std::string& path, Problems& problems) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    problems.add({path, 0, 0}, fmt::format("cannot be read: {}", std::strerror(errno)), "check the path");
    return std::nullopt;
  }
  if (!S_ISREG(info.st_mode)) {
    problems.add({path, 0, 0}, "is not a file", "check the path");
    return std::nullopt;
  }
  if (static_cast<std::size_t>(info.st_size) > kLargest) {
    problems.add({path, 0, 0}, fmt::format("has {} bytes, allowed up to {}", info.st_size, kLargest),
                 "is this the right file?");
    return std::nullopt;
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) {
    problems.add({path, 0, 0}, fmt::format("cannot be read: {}", std::strerror(errno)), "check the permissions");
    return std::nullopt;
  }
  std::string content(static_cast<std::size_t>(info.st_size), '\0');
  content.resize(std::fread(content.data(), 1, content.size(), file.get()));
  if (std::ferror(file.get()) != 0) {
    problems.add({path, 0, 0}, fmt::format("cannot be read: {}", std::strerror(errno)), "check the disk");
    return std::nullopt;
  }
  return content;
}

/// Place of the first byte that is not UTF-8, in a text that has one; columns count characters.
Place first_wrong_byte(std::string_view text, const std::string& path) {
  Place place{path, 1, 1};
  for (std::size_t at = 0; at < text.size(); ++place.column) {
    std::size_t length = 1;
    while (length < 4 && at + length <= text.size() && !is_utf8(text.substr(at, length))) ++length;
    if (!is_utf8(text.substr(at, length))) break;
    if (text[at] == '\n') {
      ++place.line;
      place.column = 0;
    }
    at += length;
  }
  return place;
}

/// Splits CSV text into records and tells of quotes that are not RFC 4180.
class Scanner {
 public:
  Scanner(std::string_view text, std::vector<std::string>& unescaped, const std::string& path, Problems& problems)
      : text_(text), unescaped_(unescaped), path_(path), problems_(problems) {}

  [[nodiscard]] bool more() const { return at_ < text_.size(); }
  /// Whether a quote was left open: nobody knows what of the text after it is a field.
  [[nodiscard]] bool open_quote() const { return open_quote_; }

  /// The fields of the next record; a quote that is left open takes the rest of the text.
  std::vector<CsvCell> record() {
    std::vector<CsvCell> fields;
    for (;;) {
      fields.push_back(field());
      if (!more()) return fields;
      const char c = text_[at_];
      if (c == ',') {
        advance();
        if (!more()) {
          fields.push_back({{}, line_, column_});
          return fields;
        }
        continue;
      }
      if (c == '\r') advance();
      if (more() && text_[at_] == '\n') advance();
      return fields;
    }
  }

 private:
  void advance() {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if ((byte & 0xC0u) != 0x80u) {  // a character counts once, by its first byte
      ++column_;
    }
    ++at_;
  }
  CsvCell field() {
    CsvCell cell{{}, line_, column_};
    if (more() && text_[at_] == '"') {
      advance();
      std::string value;
      for (;;) {
        if (!more()) {
          problems_.add({path_, cell.line, cell.column}, "a quoted field is not closed before the end of the file",
                        "close it with a quote");
          open_quote_ = true;
          break;
        }
        if (text_[at_] == '"') {
          advance();
          if (!more() || text_[at_] != '"') break;
        }
        value += text_[at_];
        advance();
      }
      if (more() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
        problems_.add({path_, line_, column_}, "text stands after the closing quote of a field",
                      "double the quotes that belong to the text");
        while (more() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') advance();
      }
      unescaped_.push_back(std::move(value));
      cell.text = unescaped_.back();
      return cell;
    }
    const std::size_t begin = at_;
    while (more() && text_[at_] != ',' && text_[at_] != '\n' &&
           !(text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'))) {
      advance();
    }
    cell.text = text_.substr(begin, at_ - begin);
    return cell;
  }
  std::string_view text_;
  std::vector<std::string>& unescaped_;
  const std::string& path_;
  Problems& problems_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
  bool open_quote_ = false;
};

/// Where the first separator of another kind stands in a header that has more of them than commas, and its name; what
/// a spreadsheet writes where the comma is the decimal mark.
struct OtherSeparator {
  int column = 0;  ///< in characters, from 1; 0: commas separate
  std::string_view name;
};
OtherSeparator other_separator(std::string_view text) {
  int commas = 0, column = 0;
  bool quoted = false;
  struct Kind {
    char sign;
    std::string_view name;
    int count = 0, first = 0;
  };
  Kind kinds[] = {{';', "semicolons"}, {'\t', "tabs"}};
  for (const char c : text.substr(0, text.find('\n'))) {
    if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) ++column;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',') ++commas;
    for (Kind& kind : kinds) {
      if (c == kind.sign && kind.count++ == 0) kind.first = column;
    }
  }
  for (const Kind& kind : kinds) {
    if (kind.count > commas) return {kind.first, kind.name};
  }
  return {};
}

}  // namespace

CsvTable CsvTable::unread(std::string path) {
  CsvTable table;
  table.path_ = std::move(path);
  return table;
}

CsvTable parse_csv(std::string content, const std::string& path, Problems& problems) {
  CsvTable table = CsvTable::unread(path);
  if (content.starts_with("\xEF\xBB\xBF")) content.erase(0, 3);
  if (!is_utf8(content)) {
    problems.add(first_wrong_byte(content, path), "is not UTF-8 text", "save the file as UTF-8");
    return table;
  }
  if (content.find_first_not_of(" \t\r\n") == std::string::npos) {
    problems.add({path, 1, 1}, "is empty", "the first line must name the columns");
    return table;
  }
  if (const OtherSeparator other = other_separator(content); other.column > 0) {
    problems.add({path, 1, other.column}, fmt::format("is separated by {}, it must be by commas", other.name),
                 "export it as CSV with commas between the fields and a point as decimal mark");
    return table;
  }
  // Fields point into the text; quoted ones are unescaped into strings that must not move: one slot per quote is
  // enough.
  table.storage_ = std::make_shared<std::vector<std::string>>();
  const auto quotes = static_cast<std::size_t>(std::count(content.begin(), content.end(), '"'));
  table.storage_->reserve(quotes + 2);
  table.storage_->push_back(std::move(content));
  Scanner scanner(table.storage_->front(), *table.storage_, path, problems);

  table.header_ = scanner.record();
  table.width_ = table.header_.size();
  std::map<std::string_view, int> seen;
  for (const CsvCell& name : table.header_) {
    if (name.text.empty() && &name != &table.header_.front()) problems.add(table.place(name), "a column has no name");
    if (!seen.emplace(name.text, name.column).second) {
      problems.add(table.place(name), fmt::format("column '{}' stands twice", name.text));
    }
  }
  while (scanner.more()) {
    const std::vector<CsvCell> record = scanner.record();
    if (record.size() == 1 && record[0].text.empty()) continue;  // blank line
    if (record.size() != table.width_) {
      problems.add(table.place(record[0]), fmt::format("has {} fields, the header has {}", record.size(), table.width_),
                   "quote fields that contain a comma");
      table.whole_ = false;
      continue;
    }
    table.cells_.insert(table.cells_.end(), record.begin(), record.end());
  }
  if (scanner.open_quote()) return CsvTable::unread(path);
  return table;
}

CsvTable read_csv(const std::string& path, Problems& problems) {
  auto content = content_of(path, problems);
  if (!content) return CsvTable::unread(path);
  return parse_csv(std::move(*content), path, problems);
}

std::optional<std::size_t> CsvTable::find(std::string_view name) const {
  for (std::size_t k = 0; k < header_.size(); ++k) {
    if (header_[k].text == name) return k;
  }
  return std::nullopt;
}

std::optional<std::size_t> CsvTable::require(std::string_view name, Problems& problems) const {
  const auto found = find(name);
  if (!found && width_ > 0) {
    std::vector<std::string> names;
    for (const CsvCell& cell : header_) names.emplace_back(cell.text);
    const std::string near = nearest_name(name, names);
    problems.add(place(), fmt::format("column '{}' is missing", name),
                 near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }
  return found;
}

std::optional<double> parse_number(std::string_view text) {
  double value = 0.0;
  const char* begin = text.data();
  const char* end = begin + text.size();
  if (end - begin > 1 && begin[0] == '+' && begin[1] != '-') ++begin;
  const auto [stop, error] = std::from_chars(begin, end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

double CsvTable::number(std::size_t row, std::size_t column, Problems& problems, double lo, double hi) const {
  const CsvCell& cell = at(row, column);
  const auto value = parse_number(cell.text);
  if (!value) {
    problems.add(place(cell), fmt::format("'{}' in column '{}' is not a number", cell.text, header_[column].text),
                 "write a number with a point as decimal mark");
    return 0.0;
  }
  if (*value < lo || *value > hi) {
    const std::string allowed = hi >= 1e300    ? fmt::format("{} or more", lo)
                                : lo <= -1e300 ? fmt::format("{} or less", hi)
                                               : fmt::format("{} to {}", lo, hi);
    problems.add(place(cell), fmt::format("'{}' is {}, allowed {}", header_[column].text, cell.text, allowed));
  }
  return *value;
}

std::optional<double> CsvTable::optional_number(std::size_t row, std::size_t column, Problems& problems, double lo,
                                                double hi) const {
  const CsvCell& cell = at(row, column);
  if (cell.text.empty() || cell.text == "NA") return std::nullopt;
  return number(row, column, problems, lo, hi);
}

CsvMatrix read_matrix(const std::string& path, bool square, Problems& problems, double lo, double hi) {
  CsvMatrix matrix;
  matrix.path = path;
  matrix.table = read_csv(path, problems);
  const CsvTable& table = matrix.table;
  for (std::size_t k = 1; k < table.columns(); ++k) matrix.columns.emplace_back(table.header()[k].text);
  bool in_order = true;  // one row out of place puts the rest out of place: told once
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const CsvCell& label = table.at(row, 0);
    const auto has = [&](const std::vector<std::string>& labels) {
      return std::find(labels.begin(), labels.end(), label.text) != labels.end();
    };
    if (label.text.empty()) problems.add(table.place(label), "a row has no label");
    if (has(matrix.rows)) problems.add(table.place(label), fmt::format("row '{}' stands twice", label.text));
    matrix.rows.emplace_back(label.text);
    if (square && !has(matrix.columns)) {
      const std::string near = nearest_name(label.text, matrix.columns);
      problems.add(table.place(label), fmt::format("row '{}' is no column", label.text),
                   near.empty() ? "rows and columns must have the same labels in the same order"
                                : fmt::format("did you mean '{}'?", near));
    } else if (square && in_order && row < matrix.columns.size() && label.text != matrix.columns[row]) {
      in_order = false;
      problems.add(
          table.place(label),
          fmt::format("row {} is '{}', the column in its place is '{}'", row + 1, label.text, matrix.columns[row]),
          "rows and columns must have the same labels in the same order");
    }
    for (std::size_t k = 1; k < table.columns(); ++k) matrix.values.push_back(table.number(row, k, problems, lo, hi));
  }
  if (square && table.columns() > 0 && matrix.rows.size() != matrix.columns.size()) {
    problems.add(table.place(), fmt::format("has {} rows and {} columns of numbers, it must be square",
                                            matrix.rows.size(), matrix.columns.size()));
  }
  return matrix;
}

std::vector<double> read_vector(const std::string& path, const std::vector<std::string>& labels, Problems& problems,
                                double lo, double hi) {
  const CsvTable table = read_csv(path, problems);
  std::vector<double> values(labels.size(), 0.0);
  const auto label = table.require("label", problems), value = table.require("value", problems);
  if (!label || !value) return values;
  if (table.rows() == 0) {
    problems.add(table.place(), fmt::format("has no rows, it needs one for each of {} labels", labels.size()));
    return values;
  }
  std::vector<bool> given(labels.size(), false);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const CsvCell& cell = table.at(row, *label);
    const auto found = std::find(labels.begin(), labels.end(), cell.text);
    if (found == labels.end()) {
      const std::string near = nearest_name(cell.text, labels);
      problems.add(table.place(cell), fmt::format("'{}' is not a label of the table", cell.text),
                   near.empty() ? "" : fmt::format("did you mean '{}'?", near));
      continue;
    }
    const auto k = static_cast<std::size_t>(found - labels.begin());
    if (given[k]) problems.add(table.place(cell), fmt::format("'{}' stands twice", cell.text));
    given[k] = true;
    values[k] = table.number(row, *value, problems, lo, hi);
  }
  for (std::size_t k = 0; k < labels.size(); ++k) {
    if (!given[k]) problems.add(table.place(), fmt::format("'{}' is missing", labels[k]));
  }
  return values;
}

}  // namespace metier
