// Any bytes as a CSV file: every cell lies in the text, problems have places, and nothing crashes.
#include "sim/core/csv.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  metier::Problems problems;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const metier::CsvTable table = metier::parse_csv(text, "a.csv", problems);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t column = 0; column < table.columns(); ++column) {
      const metier::CsvCell& cell = table.at(row, column);
      require(cell.line > 0 && cell.column > 0 && cell.text.size() <= size);
      const std::size_t before = problems.size();
      const double value = table.number(row, column, problems, -10.0, 10.0);
      require(std::isfinite(value));
      require(problems.size() > before || (value >= -10.0 && value <= 10.0));
    }
  }
  static_cast<void>(table.require("value", problems));
  for (const metier::Problem& problem : problems.list()) require(metier::to_text(problem).size() < 10'000);
  return 0;
}
