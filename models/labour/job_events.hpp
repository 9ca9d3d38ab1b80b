#pragma once
#include "models/firms/columns.hpp"
#include "models/labour/bands.hpp"
#include "models/labour/columns.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/access.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

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

/// What happens to a job. Where one ends: does the establishment want the post filled again?
enum class JobEvent : std::uint8_t { kBegins, kEndsReplaced, kEndsPostGone };

/// A salaried job that begins or ends and all that the totals need to know of it, copied from the person's row.
struct JobChange {
  Row employer = firms::kNoFirm;  ///< kNoFirm: nothing happened
  std::int32_t wage = 0;          ///< cent/month
  std::uint16_t cell = 0;
  std::uint8_t home = 0, age = 0, occupation = 0;
  JobEvent event = JobEvent::kBegins;
};
/// The job that a person has now.
template <class Persons>
JobChange job_of(const Persons& person, std::size_t h, std::uint8_t occupation, JobEvent event) {
  return {person.employer[h], person.wage[h], person.cell[h], person.home[h], person.age[h], occupation, event};
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

  /// What people earn.
  void add_to_payee(const Payees& payees, std::size_t home, std::size_t cell, Row employer, std::int64_t cents) const {
    of_payee[payees.of(home, cell, employer, communes.size(), zone_group)] += cents;
  }
  [[nodiscard]] Payees payees() const { return {of_payee.size(), zone_group.size()}; }
  /// What establishments here pay.
  void add_to_firm(Row employer, std::size_t occupation, std::int64_t cents) const {
    METIER_ASSERT(of_firm[employer] + cents >= 0);
    of_firm[employer] += cents;
    of_occupation[occupation] += cents;
  }
};

/// What the beginning or the end of a salaried job changes besides the person: staff and wages, stocks of people at
/// work, flows of the month.
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

  /// Adds them to the totals, those of people and those of employers side by side, each in the order given.
  void add(std::span<const JobChange> changes) const {
    side_by_side([&] { add_to_people(changes); }, [&] { add_to_employers(changes); });
  }

 private:
  void add_to_people(std::span<const JobChange> changes) const {
    const std::size_t communes = wages.communes.size(), occupations = employees_by_occupation.size();
    const Payees payees = wages.payees();
    for (const JobChange& job : changes) {
      if (job.employer == firms::kNoFirm) continue;
      const std::int32_t one = job.event == JobEvent::kBegins ? 1 : -1;
      if (job.home < communes) {
        employed[job.home * occupations + job.occupation] += one;
        employed_by_age[age_band(job.age)] += one;
        salaried[0] += one;
      } else {
        in_commuters[job.home - communes] += one;
      }
      if (works_outside(job.employer)) out_commuters[outside_zone(job.employer)] += one;
      wages.add_to_payee(payees, job.home, job.cell, job.employer, std::int64_t{one} * job.wage);
    }
  }
  void add_to_employers(std::span<const JobChange> changes) const {
    for (std::size_t k = 0; k < changes.size(); ++k) {
      const Row next = changes[std::min(k + kAhead, changes.size() - 1)].employer;
      if (works_here(next)) {
        prefetch(&employees[next]);
        prefetch(&due[next]);
        prefetch(&wages.of_firm[next]);
        prefetch(&sector[next]);
        prefetch(&commune[next]);
      }
      const JobChange& job = changes[k];
      if (!works_here(job.employer)) continue;
      const bool begins = job.event == JobEvent::kBegins;
      const std::int32_t one = begins ? 1 : -1;
      METIER_ASSERT(employees[job.employer] + one >= 0);
      employees[job.employer] += one;
      employees_by_occupation[job.occupation] += one;
      wages.add_to_firm(job.employer, job.occupation, std::int64_t{one} * job.wage);
      if (job.event == JobEvent::kEndsReplaced) ++due[job.employer];
      ++(begins ? hires_by_sector[sector[job.employer]] : separations_by_sector[sector[job.employer]]);
      ++(begins ? hires_by_commune[commune[job.employer]] : separations_by_commune[commune[job.employer]]);
      ++(begins ? hires_by_occupation[job.occupation] : separations_by_occupation[job.occupation]);
    }
  }
};

}  // namespace metier::labour
