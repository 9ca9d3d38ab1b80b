#include "models/invariants.hpp"

#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <fmt/format.h>
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

void check_headcount(const Step& step, In<labour::StatusOf> status, In<labour::Employer> employer,
                     In<labour::Wage> wage, In<firms::Employees> employees, In<firms::SelfEmployed> owners,
                     In<firms::WageBill> wage_bill, Scratch<Recount> recount) {
  const std::size_t firms = employees.size();
  std::vector<std::vector<Staff>>& staff = recount->of;  // integers: who counts does not matter
  staff.resize(static_cast<std::size_t>(threads()));
  for_each_item(staff.size(), [&](std::size_t worker) { staff[worker].assign(firms, Staff{}); });
  for_each_block(status.size(), std::size_t{1} << 15, [&](std::size_t, std::size_t begin, std::size_t end) {
    Staff* mine = staff[static_cast<std::size_t>(worker_index())].data();
    for (std::size_t h = begin; h < end; ++h) {
      const Row next = employer[std::min(h + kAhead, end - 1)];
      if (next < firms) prefetch(mine + next);
      const Row i = employer[h];
      if (i == firms::kNoFirm || i >= firms) continue;
      const bool owner = status[h] == labour::Status::kSelfEmployed;
      mine[i].owners += owner ? 1 : 0;
      mine[i].employees += owner ? 0 : 1;
      mine[i].wages += owner ? 0 : wage[h];
    }
  });
  for_each_row(firms, [&](std::size_t i) {
    Staff all;
    for (const auto& worker : staff) {
      all.wages += worker[i].wages;
      all.employees += worker[i].employees;
      all.owners += worker[i].owners;
    }
    if (all.employees == employees[i] && all.owners == owners[i] && all.wages == wage_bill[i]) return;
    METIER_REQUIRE(
        false,
        fmt::format(
            "month {}: establishment {} counts {} employees, {} owners, {} cents of wages; persons say {}, {}, {}",
            step.month, i, employees[i], owners[i], wage_bill[i], all.employees, all.owners, all.wages));
  });
}

}  // namespace metier
