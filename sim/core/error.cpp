#include "sim/core/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace metier {

std::string printable(std::string_view text) {
  constexpr std::size_t kHead = 600, kTail = 200;
  std::string cut;
  if (text.size() > 2 * (kHead + kTail)) {
    const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u; };
    std::size_t head = kHead, tail = text.size() - kTail;  // between characters
    while (continues(head)) --head;
    while (tail < text.size() && continues(tail)) ++tail;
    cut = fmt::format("{} [... {} bytes ...] {}", text.substr(0, head), tail - head, text.substr(tail));
    text = cut;
  }
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20u || byte == 0x7Fu) {
      out += fmt::format("\\x{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::string to_text(const Problem& problem) {
  std::string text;
  const Place& place = problem.place;
  if (!place.file.empty()) {
    text = printable(place.file) + ":";
    if (place.line > 0) text += fmt::format("{}:{}:", place.line, std::max(place.column, 1));
    text += " ";
  }
  text += "error: " + printable(problem.message);
  if (!problem.hint.empty()) text += "\n    " + printable(problem.hint);
  return text;
}

namespace {
std::string joined(const std::vector<Problem>& problems) {
  std::string text;
  const std::size_t told = std::min(problems.size(), InputError::kMostTold);
  for (std::size_t k = 0; k < told; ++k) text += (k == 0 ? "" : "\n") + to_text(problems[k]);
  return text;
}
}  // namespace

InputError::InputError(Exit exit, std::vector<Problem> problems)
    : std::runtime_error(joined(problems)), exit_(exit), problems_(std::move(problems)) {}
InputError::InputError(Exit exit, Problem problem) : InputError(exit, std::vector<Problem>{std::move(problem)}) {}

void Problems::add(Place place, std::string message, std::string hint) {
  if (list_.size() == kMost) return;
  Problem problem{std::move(place), std::move(message), std::move(hint)};
  if (told_.insert(to_text(problem)).second) list_.push_back(std::move(problem));
}

void Problems::raise_if_any(Exit exit) const {
  if (list_.empty()) return;
  auto sorted = list_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  throw InputError(exit, std::move(sorted));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
      diagonal = above;
    }
  }
  return row.back();
}

std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (longer >= best_distance) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

void broken_promise(const char* condition, const char* file, int line, const std::string& message) {
  throw BrokenPromise(
      fmt::format("{}:{}: this should always hold: {} ({}). Please report it.", file, line, condition, message));
}

}  // namespace metier
