#pragma once
#include "models/firms/columns.hpp"
#include "models/labour/columns.hpp"
#include "sim/core/error.hpp"
#include "sim/engine/access.hpp"

#include <algorithm>
#include <cstdint>

namespace metier::labour {

inline bool works_outside(Row employer) { return employer >= firms::kOutsideEmployer; }
inline bool works_here(Row employer) { return employer != firms::kNoFirm && employer < firms::kOutsideEmployer; }
/// Row of the table external_zone of an employer outside.
inline std::size_t outside_zone(Row employer) { return employer - firms::kOutsideEmployer; }

/// First row of the pool of people who live outside: homes are sorted so that all communes come before it.
inline std::size_t first_outside_row(In<Home> home, std::size_t communes) {
  std::size_t low = 0, high = home.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (home[middle] < communes) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

template <class C>
void set_zero(Out<C> column) {
  std::fill(column.begin(), column.end(), typename C::Value{0});
}

/// Why a job ends: does the establishment want the post filled again?
enum class Leaves { kReplaced, kPostGone };

/// What the beginning or the end of a job changes besides the person: staff and wage bill of the establishment, counts
/// of the month. One person after the other, outside parallel work.
struct JobEvents {
  In<firms::SectorOf> sector;
  In<firms::CommuneOf> commune;
  InOut<firms::Employees> employees;
  InOut<firms::WageBill> wage_bill;
  InOut<ReplacementsDue> due;
  InOut<OutCommuters> out_commuters;
  InOut<HiresBySector> hires_by_sector;
  InOut<HiresByCommune> hires_by_commune;
  InOut<HiresByOccupation> hires_by_occupation;
  InOut<SeparationsBySector> separations_by_sector;
  InOut<SeparationsByCommune> separations_by_commune;
  InOut<SeparationsByOccupation> separations_by_occupation;

  void begins(Row employer, std::int32_t wage, std::size_t occupation) const {
    if (works_outside(employer)) {
      ++out_commuters[outside_zone(employer)];
      return;
    }
    ++employees[employer];
    wage_bill[employer] += wage;
    ++hires_by_sector[sector[employer]];
    ++hires_by_commune[commune[employer]];
    ++hires_by_occupation[occupation];
  }
  void ends(Row employer, std::int32_t wage, std::size_t occupation, Leaves leaves) const {
    if (works_outside(employer)) {
      --out_commuters[outside_zone(employer)];
      return;
    }
    METIER_ASSERT(employees[employer] > 0 && wage_bill[employer] >= wage);
    --employees[employer];
    wage_bill[employer] -= wage;
    if (leaves == Leaves::kReplaced) ++due[employer];
    ++separations_by_sector[sector[employer]];
    ++separations_by_commune[commune[employer]];
    ++separations_by_occupation[occupation];
  }
};

}  // namespace metier::labour
