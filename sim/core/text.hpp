#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace metier {

/// A calendar month.
struct Month {
  int year = 2019;
  int month = 1;  ///< 1 .. 12

  friend constexpr auto operator<=>(const Month&, const Month&) = default;
  [[nodiscard]] constexpr int index() const { return 12 * year + month - 1; }
  static constexpr Month from_index(int index) {
    const int year = index >= 0 ? index / 12 : -((11 - index) / 12);
    return {year, index - 12 * year + 1};
  }
  friend constexpr Month operator+(Month m, int months) { return from_index(m.index() + months); }
  friend constexpr Month operator-(Month m, int months) { return from_index(m.index() - months); }
  friend constexpr int operator-(Month a, Month b) { return a.index() - b.index(); }
};

/// "2019-01"; nothing if it is not a month of the years 1900 to 2199.
std::optional<Month> parse_month(std::string_view text);
std::string to_text(Month month);
/// ISO date of the last day, "2019-01-31".
std::string end_of_month(Month month);
/// Days from the end of month `from` to the end of month `to`.
int days_between_ends(Month from, Month to);

/// Shortest text that reads back as the same double; 17 significant digits.
std::string shortest(double value);
std::string digits17(double value);
bool is_utf8(std::string_view text);

}  // namespace metier
