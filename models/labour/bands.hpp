#pragma once
#include "models/labour/columns.hpp"

#include <cstddef>

namespace metier::labour {

/// Row of duration_band for a number of months without a job.
constexpr std::size_t duration_band(unsigned months) {
  if (months < 3) return 0;
  if (months < 6) return 1;
  if (months < 12) return 2;
  return months < 24 ? 3 : 4;
}
/// Row of age_band for an age in years.
constexpr std::size_t age_band(unsigned years) {
  if (years < 25) return 0;
  return years < 55 ? 1 : 2;
}
/// Row of size_band for a number of employees.
constexpr std::size_t size_band(long long employees) {
  if (employees <= 0) return 0;
  if (employees < 10) return 1;
  if (employees < 50) return 2;
  return employees < 250 ? 3 : 4;
}

inline constexpr unsigned kLongTerm = 12;  ///< months: long-term unemployment

}  // namespace metier::labour
