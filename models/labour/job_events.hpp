#pragma once
#include "models/firms/columns.hpp"
#include "models/labour/bands.hpp"
#include "models/labour/columns.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/error.hpp"
#include "sim/engine/access.hpp"

#include <algorithm>
#include <cstdint>

namespace metier::labour {

inline bool works_outside(Row employer) { return employer >= firms::kOutsideEmployer; }
inline bool works_here(Row employer) { return employer != firms::kNoFirm && employer < firms::kOutsideEmployer; }
/// Row of the table external_zone of an employer outside.
inline std::size_t outside_zone(Row employer) { return employer - firms::kOutsideEmployer; }

/// Place of the jobs of an employer: a commune, or beyond them an external zone.
inline std::size_t place_of_work(Row employer, In<firms::CommuneOf> commune, std::size_t communes) {
  return works_outside(employer) ? communes + outside_zone(employer) : std::size_t{commune[employer]};
}

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

/// Who takes or leaves a job, as far as totals tell people apart.
struct Worker {
  std::size_t home, cell;
  unsigned age;
};
template <class Persons>
Worker worker(const Persons& person, std::size_t h) {
  return {person.home[h], person.cell[h], person.age[h]};
}

/// Rows of the table payee.
class Payees {
 public:
  static constexpr std::size_t kEconomies = outside::kZoneGroups;
  static std::size_t number(std::size_t cells, std::size_t zones) { return cells * (1 + kEconomies) + zones; }
  Payees(std::size_t number, std::size_t zones) : cells_((number - zones) / (1 + kEconomies)) {
    METIER_ASSERT(number >= zones);
  }

  [[nodiscard]] std::size_t cells() const { return cells_; }
  /// Residents of a household cell who work here, and those who work for an economy outside.
  [[nodiscard]] std::size_t cell(std::size_t c) const { return c; }
  [[nodiscard]] std::size_t cell_from(std::size_t c, std::size_t economy) const {
    return cells_ + c * kEconomies + economy;
  }
  /// People of an external zone who work here.
  [[nodiscard]] std::size_t zone(std::size_t z) const { return cells_ * (1 + kEconomies) + z; }
  /// Of a person with this home, cell and employer.
  [[nodiscard]] std::size_t of(std::size_t home, std::size_t c, Row employer, std::size_t communes,
                               In<ZoneGroupOf> zone_group) const {
    METIER_ASSERT(home < communes || !works_outside(employer));
    if (works_outside(employer)) return cell_from(c, zone_group[outside_zone(employer)]);
    return home < communes ? cell(c) : zone(home - communes);
  }

 private:
  std::size_t cells_;
};

/// Gross wages by establishment, occupation of the jobs here, and payee, kept up to date wherever a wage changes.
struct WageTotals {
  In<sites::Population> communes;
  In<ZoneGroupOf> zone_group;
  InOut<firms::WageBill> of_firm;
  InOut<WagesByOccupation> of_occupation;
  InOut<PayeeWages> of_payee;

  void add(std::size_t home, std::size_t cell, Row employer, std::size_t occupation, std::int64_t cents) const {
    const Payees payees(of_payee.size(), zone_group.size());
    of_payee[payees.of(home, cell, employer, communes.size(), zone_group)] += cents;
    if (works_outside(employer)) return;
    METIER_ASSERT(of_firm[employer] + cents >= 0);
    of_firm[employer] += cents;
    of_occupation[occupation] += cents;
  }
};

/// What the beginning or the end of a salaried job changes besides the person: staff and wages, stocks of people at
/// work, flows of the month. One person after the other, outside parallel work.
struct JobEvents {
  In<firms::SectorOf> sector;
  In<firms::CommuneOf> commune;
  WageTotals wages;
  InOut<firms::Employees> employees;
  InOut<ReplacementsDue> due;
  InOut<EmployedNow> employed;
  InOut<EmployedByAge> employed_by_age;
  InOut<EmployeesByOccupation> employees_by_occupation;
  InOut<SalariedResidents> salaried;
  InOut<InCommuters> in_commuters;
  InOut<OutCommuters> out_commuters;
  InOut<HiresBySector> hires_by_sector;
  InOut<HiresByCommune> hires_by_commune;
  InOut<HiresByOccupation> hires_by_occupation;
  InOut<SeparationsBySector> separations_by_sector;
  InOut<SeparationsByCommune> separations_by_commune;
  InOut<SeparationsByOccupation> separations_by_occupation;

  void begins(const Worker& who, Row employer, std::int32_t wage, std::size_t occupation) const {
    change_stocks(who, employer, occupation, 1);
    wages.add(who.home, who.cell, employer, occupation, wage);
    if (works_outside(employer)) return;
    ++hires_by_sector[sector[employer]];
    ++hires_by_commune[commune[employer]];
    ++hires_by_occupation[occupation];
  }
  void ends(const Worker& who, Row employer, std::int32_t wage, std::size_t occupation, Leaves leaves) const {
    change_stocks(who, employer, occupation, -1);
    wages.add(who.home, who.cell, employer, occupation, -wage);
    if (works_outside(employer)) return;
    METIER_ASSERT(employees[employer] >= 0);
    if (leaves == Leaves::kReplaced) ++due[employer];
    ++separations_by_sector[sector[employer]];
    ++separations_by_commune[commune[employer]];
    ++separations_by_occupation[occupation];
  }

  /// Staff, people at work and commuters, one more or one less.
  void change_stocks(const Worker& who, Row employer, std::size_t occupation, std::int32_t change) const {
    const std::size_t communes = wages.communes.size(), occupations = employees_by_occupation.size();
    if (who.home < communes) {
      employed[who.home * occupations + occupation] += change;
      employed_by_age[age_band(who.age)] += change;
      salaried[0] += change;
    } else {
      in_commuters[who.home - communes] += change;
    }
    if (works_outside(employer)) {
      out_commuters[outside_zone(employer)] += change;
    } else {
      employees[employer] += change;
      employees_by_occupation[occupation] += change;
    }
  }
};

}  // namespace metier::labour
