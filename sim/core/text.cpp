#include "sim/core/text.hpp"

#include <chrono>
#include <fmt/format.h>

namespace metier {

namespace {
std::chrono::sys_days last_day(Month m) {
  using namespace std::chrono;
  return sys_days(year_month_day_last(year(m.year), month_day_last(month(static_cast<unsigned>(m.month)))));
}
}  // namespace

std::optional<Month> parse_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int number[2] = {0, 0};
  for (std::size_t i = 0; i < 7; ++i) {
    if (i == 4) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    int& n = number[i > 4 ? 1 : 0];
    n = 10 * n + (text[i] - '0');
  }
  if (number[0] < 1900 || number[0] > 2199 || number[1] < 1 || number[1] > 12) return std::nullopt;
  return Month{number[0], number[1]};
}

std::string to_text(Month month) { return fmt::format("{:04}-{:02}", month.year, month.month); }

std::string end_of_month(Month month) {
  const std::chrono::year_month_day day(last_day(month));
  return fmt::format("{:04}-{:02}-{:02}", month.year, month.month, static_cast<unsigned>(day.day()));
}

int days_between_ends(Month from, Month to) { return static_cast<int>((last_day(to) - last_day(from)).count()); }

std::string shortest(double value) { return fmt::format("{}", value); }
std::string digits17(double value) { return fmt::format("{:.17g}", value); }

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    std::size_t more = 0;
    unsigned code = lead;
    if (lead >= 0xC2 && lead < 0xE0) {
      more = 1;
      code = lead & 0x1Fu;
    } else if (lead >= 0xE0 && lead < 0xF0) {
      more = 2;
      code = lead & 0x0Fu;
    } else if (lead >= 0xF0 && lead < 0xF5) {
      more = 3;
      code = lead & 0x07u;
    } else if (lead >= 0x80) {
      return false;
    }
    if (i + more >= text.size() + (more == 0 ? 1 : 0)) return false;
    for (std::size_t k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xC0u) != 0x80u) return false;
      code = code << 6 | (next & 0x3Fu);
    }
    if ((more == 2 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) ||
        (more == 3 && (code < 0x10000 || code > 0x10FFFF))) {
      return false;
    }
    i += more + 1;
  }
  return true;
}

}  // namespace metier
