#include "models/synthesis/pack_files.hpp"

#include "sim/core/hash.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/core.h>

namespace metier::synthesis {
namespace {

constexpr std::string_view kSources = "SOURCES.csv";

/// In one wording: a list and what is read of its rows later tell it once.
std::string twice(std::string_view what, std::string_view code, int first_line) {
  return fmt::format("{} '{}' stands twice, first on line {}", what, code, first_line);
}

std::string joined(const std::string& root, std::string_view path) {
  return (std::filesystem::path(root) / std::filesystem::path(path)).string();
}

}  // namespace

std::string PackTable::text(std::size_t row, PackColumn column) const {
  return column ? table_.text(row, *column) : std::string();
}

double PackTable::number(std::size_t row, PackColumn column, double lo, double hi) const {
  return column ? table_.number(row, *column, *problems_, lo, hi) : 0.0;
}

std::optional<double> PackTable::optional_number(std::size_t row, PackColumn column, double lo, double hi) const {
  return column ? table_.optional_number(row, *column, *problems_, lo, hi) : std::nullopt;
}

double PackTable::whole(std::size_t row, PackColumn column, double lo, double hi) const {
  const double value = number(row, column, lo, hi);
  if (value != std::floor(value)) {
    complain(row, column, fmt::format("'{}' is {}, it must be a whole number", table_.header()[*column].text, value));
  }
  return value;
}

void PackTable::complain(std::size_t row, PackColumn column, std::string message, std::string hint) const {
  const Place place = column ? table_.place(table_.at(row, *column)) : table_.place();
  problems_->add(place, std::move(message), std::move(hint));
}

void PackTable::complain(std::string message, std::string hint) const {
  problems_->add(table_.place(), std::move(message), std::move(hint));
}

CodeList::CodeList(std::string what, std::vector<std::string> codes)
    : what_(std::move(what)), codes_(std::move(codes)) {
  for (std::size_t k = 0; k < codes_.size(); ++k) rows_.emplace(codes_[k], k);
}

std::optional<std::size_t> CodeList::find(std::string_view code) const {
  const auto found = rows_.find(code);
  return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> CodeList::row_of(const PackTable& table, std::size_t row, PackColumn column,
                                            const std::string& code) const {
  if (!column) return std::nullopt;
  const auto found = find(code);
  if (!found && !codes_.empty() && told_.emplace(table.csv().path() + '\n' + code, true).second) {
    const std::string near = nearest_name(code, codes_);
    table.complain(row, column, fmt::format("'{}' is not a {} of this pack", code, what_),
                   near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }
  return found;
}

std::vector<KeyedRow> keyed_rows(const PackTable& table, const std::vector<KeyColumn>& key, Absent absent) {
  std::size_t combinations = 1;
  for (const KeyColumn& part : key) {
    if (!part.column) return {};
    combinations *= part.codes.size();
  }
  const auto name_of = [&](std::size_t k) {
    std::string name;
    for (std::size_t p = key.size(); p-- > 0; k /= key[p].codes.size()) {
      const std::string& code = key[p].codes.code(k % key[p].codes.size());
      name = name.empty() ? code : fmt::format("{}, {}", code, name);
    }
    return name;
  };
  std::string what = key.front().codes.what();
  for (std::size_t p = 1; p < key.size(); ++p) what += fmt::format(" and {}", key[p].codes.what());

  std::vector<KeyedRow> rows;
  std::vector<int> line(combinations, 0);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::optional<std::size_t> k = 0;
    for (const KeyColumn& part : key) {
      const auto code = part.codes.row_of(table, row, part.column);
      k = k && code ? std::optional(*k * part.codes.size() + *code) : std::nullopt;
    }
    if (!k) continue;
    const CsvCell& cell = table.csv().at(row, *key.front().column);
    if (line[*k] != 0) {
      table.complain(row, key.front().column, twice(what, name_of(*k), line[*k]));
      continue;
    }
    line[*k] = cell.line;
    rows.push_back({row, *k});
  }
  if (absent == Absent::kMeansNone || rows.size() == combinations || !table.csv().whole()) return rows;
  const auto repeats = [&](std::size_t k) {
    for (std::size_t p = key.size(); p-- > 0; k /= key[p].codes.size()) {
      if (key[p].codes.repeats(k % key[p].codes.size())) return true;
    }
    return false;
  };
  constexpr std::size_t kExamples = 5;
  std::string examples;
  std::size_t missing = 0, asked = 0;
  for (std::size_t k = 0; k < combinations; ++k) {
    if (repeats(k)) continue;
    ++asked;
    if (line[k] == 0 && missing++ < kExamples) examples += fmt::format("{}'{}'", missing == 1 ? "" : "; ", name_of(k));
  }
  if (missing == 0) return rows;
  table.complain(fmt::format("{} of {} rows are missing, there must be one for each {}: {}{}", missing, asked, what,
                             examples, missing > kExamples ? "; ..." : ""));
  return rows;
}

CodeList unique_codes(const PackTable& table, PackColumn column, std::string what) {
  std::vector<std::string> codes;
  std::map<std::string, int> lines;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string code = table.text(row, column);
    if (column && code.empty()) table.complain(row, column, fmt::format("a {} has no code", what));
    if (column) {
      const auto [first, is_new] = lines.emplace(code, table.csv().at(row, *column).line);
      if (!is_new) table.complain(row, column, twice(what, code, first->second));
    }
    codes.push_back(code);
  }
  return {std::move(what), std::move(codes)};
}

PackFiles::PackFiles(std::string root, Problems& problems) : root_(std::move(root)), problems_(&problems) {
  const PackTable table = PackTable(read_csv(joined(root_, kSources), problems), problems).or_nothing();
  const auto role = table.column("role"), file = table.column("file"), sha = table.column("sha256");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string name = table.text(row, role);
    if (name.empty()) continue;  // kept for the record, not read by the program
    Source source{table.text(row, file), table.text(row, sha), {}};
    if (file) source.place = table.csv().place(table.csv().at(row, *file));
    const std::filesystem::path path(source.path);
    if (path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end()) {
      table.complain(row, file, fmt::format("'{}' leaves the data pack", source.path),
                     "name a file inside the folder of SOURCES.csv");
      continue;
    }
    const auto [first, is_new] = sources_.emplace(name, source);
    if (!is_new) table.complain(row, role, twice("role", name, first->second.place.line));
  }
  if (role && sources_.empty()) table.complain("names no file", "give each file of the pack a row with its role");
}

void PackFiles::note(const std::string& path, const std::string& expected, const Place& told_at) {
  const std::string full = joined(root_, path);
  std::error_code failed;
  const auto bytes = std::filesystem::file_size(full, failed);
  if (failed || !std::filesystem::is_regular_file(full, failed)) return;  // the reader says what is wrong
  PackFile file{path, sha256_file(full), static_cast<std::uint64_t>(bytes)};
  if (!expected.empty() && file.sha256 != expected) {
    problems_->add(
        {full, 0, 0},
        fmt::format("is not the file described in {}:{}: its SHA-256 is {}", told_at.file, told_at.line, file.sha256),
        "the file is damaged, or its row needs the new sum (without a sum nothing is checked)");
  }
  used_[path] = std::move(file);
}

std::string PackFiles::source_path(std::string_view role) {
  const auto found = sources_.find(role);
  if (found == sources_.end()) {
    if (sources_.empty()) return {};  // the list could not be read or names nothing, which is told once
    std::vector<std::string> roles;
    for (const auto& [name, source] : sources_) roles.push_back(name);
    const std::string near = nearest_name(role, roles);
    problems_->add({joined(root_, kSources), 0, 0}, fmt::format("no file has the role '{}'", role),
                   near.empty() ? "add the file and its row" : fmt::format("is it '{}'?", near));
    return {};
  }
  note(found->second.path, found->second.sha256, found->second.place);
  return joined(root_, found->second.path);
}

PackTable PackFiles::source(std::string_view role) {
  const std::string path = source_path(role);
  if (path.empty()) return PackTable(CsvTable(), *problems_);
  return {read_csv(path, *problems_), *problems_};
}

PackTable PackFiles::model(std::string_view name) {
  const std::string path = fmt::format("model/{}.csv", name);
  note(path, {}, {});
  return {read_csv(joined(root_, path), *problems_), *problems_};
}

double PackFiles::anchor(std::string_view key, double lo, double hi) {
  if (!anchors_) {
    anchors_.emplace(model("anchors").or_nothing());
    const auto column = anchors_->column("key");
    static_cast<void>(anchors_->column("value"));  // tells when it is missing
    if (column && anchors_->rows() == 0) anchors_->complain("has no figure");
    for (std::size_t row = 0; row < anchors_->rows(); ++row) {
      const std::string name = anchors_->text(row, column);
      if (!anchor_rows_.emplace(name, row).second)
        anchors_->complain(row, column, fmt::format("key '{}' stands twice", name));
    }
  }
  const auto found = anchor_rows_.find(key);
  if (found != anchor_rows_.end()) {
    return anchors_->number(found->second, anchors_->optional_column("value"), lo, hi);
  }
  if (anchors_->rows() > 0) {
    std::vector<std::string> keys;
    for (const auto& [name, row] : anchor_rows_) keys.push_back(name);
    const std::string near = nearest_name(key, keys);
    anchors_->complain(fmt::format("key '{}' is missing", key), near.empty() ? "" : fmt::format("is it '{}'?", near));
  }
  return 0.0;
}

std::vector<PackFile> PackFiles::used() const {
  std::vector<PackFile> files;
  for (const auto& [path, file] : used_) files.push_back(file);
  return files;
}

}  // namespace metier::synthesis
