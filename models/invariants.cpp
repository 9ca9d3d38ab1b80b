#include "models/invariants.hpp"

#include "models/labour/job_events.hpp"
#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

namespace metier {

void open_month(const Step& step, Add<Ledger> ledger) { ledger->open_month(step.month); }

void check_books(const Step& step, In<AccountBalance> balance, In<FlowPaid> paid, In<FlowReceived> received,
                 In<LedgerKinds> kinds) {
  const std::int64_t sum = integer_sum(balance.size(), [&](std::size_t a) { return balance[a]; });
  METIER_REQUIRE(sum == 0, fmt::format("month {}: balances sum to {} cents", step.month, sum));
  for (const Special special : {Special::kGov, Special::kMel, Special::kGoods, Special::kWages, Special::kConsumption,
                                Special::kInvestment, Special::kProfits}) {
    const std::int64_t left = balance[Accounts::of(special)];
    METIER_REQUIRE(left == 0, fmt::format("month {}: {} cents left on account {}", step.month, left, name_of(special)));
  }
  const std::size_t width = kinds[0];
  for (std::size_t kind = 0; kind < width; ++kind) {
    std::int64_t out = 0, in = 0;
    for (std::size_t cell = kind; cell < paid.size(); cell += width) {
      out += paid[cell];
      in += received[cell];
    }
    METIER_REQUIRE(out == in, fmt::format("month {}: flow {} paid {} received {} cents", step.month,
                                          name_of(static_cast<Flow>(kind)), out, in));
  }
}

namespace {

constexpr std::size_t kStatuses = 9;

bool at_work(labour::Status status) {
  return status == labour::Status::kEmployed || status == labour::Status::kSelfEmployed;
}

/// Do status, employer and wage of a person agree with each other and with where he or she lives?
bool agrees(labour::Status status, Row employer, std::int32_t wage, bool resident, std::size_t firms,
            std::size_t outside) {
  const bool here = employer != firms::kNoFirm && employer < firms;
  const bool there = labour::works_outside(employer) && labour::outside_zone(employer) < outside;
  switch (status) {
    case labour::Status::kEmployed: return wage > 0 && (here || (there && resident));
    case labour::Status::kSelfEmployed: return wage == 0 && here;  // owners may live outside, too
    case labour::Status::kAbsent: return !resident && employer == firms::kNoFirm && wage == 0;
    default: return resident && employer == firms::kNoFirm && wage == 0 && static_cast<std::size_t>(status) < kStatuses;
  }
}

/// Sum of a row of a table (place, occupation).
std::int64_t row_sum(std::span<const std::int64_t> table, std::size_t place, std::size_t places) {
  const std::size_t width = places > 0 ? table.size() / places : 0;
  const auto row = table.subspan(place * width, width);
  return std::accumulate(row.begin(), row.end(), std::int64_t{0});
}

}  // namespace

void check_headcount(const Step& step, HeadcountView view, Scratch<Recount> recount) {
  Recount& m = *recount;
  const std::size_t firms = view.employees.size(), persons = view.status.size();
  const std::size_t communes = view.jobs.size(), outside = view.in_commuters.size(), homes = communes + outside;
  // By home: one column per status, then the residents who work outside by zone, then the jobs here by commune.
  const std::size_t by_zone = homes * kStatuses, by_commune = by_zone + outside;
  std::vector<std::vector<Staff>>& staff = m.of;  // integers: who counts does not matter
  staff.resize(static_cast<std::size_t>(threads()));
  for_each_item(staff.size(), [&](std::size_t worker) { staff[worker].assign(firms, Staff{}); });
  m.homes.reset(by_commune + communes);
  constexpr std::size_t kBlock = std::size_t{1} << 15;
  std::vector<std::size_t> wrong((persons + kBlock - 1) / kBlock, persons);
  for_each_block(persons, kBlock, [&](std::size_t block, std::size_t begin, std::size_t end) {
    Staff* mine = staff[static_cast<std::size_t>(worker_index())].data();
    const auto home = m.homes.mine();
    for (std::size_t h = begin; h < end; ++h) {
      const Row next = view.employer[std::min(h + kAhead, end - 1)];
      if (next < firms) prefetch(mine + next);
      const labour::Status status = view.status[h];
      const Row i = view.employer[h];
      const std::size_t place = view.home[h];
      if (place >= homes || !agrees(status, i, view.wage[h], place < communes, firms, outside)) {
        wrong[block] = std::min(wrong[block], h);
        continue;
      }
      ++home[place * kStatuses + static_cast<std::size_t>(status)];
      if (!at_work(status)) continue;
      if (labour::works_outside(i)) {
        ++home[by_zone + labour::outside_zone(i)];
      } else if (status == labour::Status::kSelfEmployed) {
        ++mine[i].owners;
      } else {
        ++mine[i].employees;
        mine[i].wages += view.wage[h];
      }
    }
  });
  const std::size_t first_wrong = wrong.empty() ? persons : *std::min_element(wrong.begin(), wrong.end());
  METIER_REQUIRE(first_wrong == persons,
                 fmt::format("month {}: person in row {} has status {}, employer {}, wage {}, home {}, which do not go "
                             "together",
                             step.month, first_wrong, static_cast<int>(view.status[first_wrong]),
                             view.employer[first_wrong], view.wage[first_wrong], view.home[first_wrong]));

  for_each_row(firms, [&](std::size_t i) {
    Staff all;
    for (const auto& worker : staff) {
      all.wages += worker[i].wages;
      all.employees += worker[i].employees;
      all.owners += worker[i].owners;
    }
    METIER_REQUIRE(
        all.employees == view.employees[i] && all.owners == view.owners[i] && all.wages == view.wage_bill[i],
        fmt::format(
            "month {}: establishment {} counts {} employees, {} owners, {} cents of wages; persons say {}, {}, {}",
            step.month, i, view.employees[i], view.owners[i], view.wage_bill[i], all.employees, all.owners, all.wages));
    if (all.employees > 0) m.homes.mine()[by_commune + view.commune[i]] += all.employees;
  });
  m.by_home.assign(by_commune + communes, 0);
  m.homes.add_to(std::span<std::int64_t>(m.by_home));
  const std::int64_t jobs = integer_sum(firms, [&](std::size_t i) { return view.employees[i] + view.owners[i]; });

  const auto counted = [&](std::size_t place, labour::Status status) {
    return m.by_home[place * kStatuses + static_cast<std::size_t>(status)];
  };
  const auto same = [&](std::string_view what, std::size_t place, std::int64_t published, std::int64_t found) {
    METIER_REQUIRE(published == found, fmt::format("month {}: {} of place {} are {}, persons and establishments say {}",
                                                   step.month, what, place, published, found));
  };
  std::int64_t residents_at_work = 0, coming = 0, going = 0;
  for (std::size_t c = 0; c < communes; ++c) {
    const std::int64_t employed = counted(c, labour::Status::kEmployed) + counted(c, labour::Status::kSelfEmployed);
    same("employed residents", c, row_sum(view.employed.span(), c, communes), employed);
    same("unemployed residents", c, row_sum(view.unemployed.span(), c, communes),
         counted(c, labour::Status::kUnemployed));
    same("residents of the halo", c, row_sum(view.halo.span(), c, communes), counted(c, labour::Status::kHalo));
    same("salaried jobs", c, view.jobs[c], m.by_home[by_commune + c]);
    residents_at_work += employed;
  }
  for (std::size_t z = 0; z < outside; ++z) {
    same("in-commuters", communes + z, view.in_commuters[z],
         counted(communes + z, labour::Status::kEmployed) + counted(communes + z, labour::Status::kSelfEmployed));
    same("out-commuters", communes + z, view.out_commuters[z], m.by_home[by_zone + z]);
    coming += view.in_commuters[z];
    going += view.out_commuters[z];
  }
  METIER_REQUIRE(jobs == residents_at_work - going + coming,
                 fmt::format("month {}: {} jobs here; {} residents at work, {} of them outside, and {} in-commuters",
                             step.month, jobs, residents_at_work, going, coming));
}

}  // namespace metier
