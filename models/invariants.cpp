#include "models/invariants.hpp"

#include "sim/core/error.hpp"
#include "sim/core/parallel.hpp"

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

namespace {
/// People and wages counted again from the persons.
struct Recount {
  PrivateSums<std::int64_t> employees, owners, wages;
};
}  // namespace

void check_headcount(const Step& step, In<labour::StatusOf> status, In<labour::Employer> employer,
                     In<labour::Wage> wage, In<firms::Employees> employees, In<firms::SelfEmployed> owners,
                     In<firms::WageBill> wage_bill) {
  const std::size_t firms = employees.size();
  Recount count;
  count.employees.reset(firms);
  count.owners.reset(firms);
  count.wages.reset(firms);
  for_each_block(status.size(), std::size_t{1} << 15, [&](std::size_t, std::size_t begin, std::size_t end) {
    const auto mine = count.employees.mine(), own = count.owners.mine(), pay = count.wages.mine();
    for (std::size_t h = begin; h < end; ++h) {
      if (employer[h] == firms::kNoFirm || employer[h] >= firms) continue;
      if (status[h] == labour::Status::kSelfEmployed) {
        ++own[employer[h]];
      } else {
        ++mine[employer[h]];
        pay[employer[h]] += wage[h];
      }
    }
  });
  std::vector<std::int64_t> people(firms, 0), masters(firms, 0), wages(firms, 0);
  count.employees.add_to(std::span<std::int64_t>(people));
  count.owners.add_to(std::span<std::int64_t>(masters));
  count.wages.add_to(std::span<std::int64_t>(wages));
  for (std::size_t i = 0; i < firms; ++i) {
    METIER_REQUIRE(
        people[i] == employees[i] && masters[i] == owners[i] && wages[i] == wage_bill[i],
        fmt::format(
            "month {}: establishment {} counts {} employees, {} owners, {} cents of wages; persons say {}, {}, {}",
            step.month, i, employees[i], owners[i], wage_bill[i], people[i], masters[i], wages[i]));
  }
}

}  // namespace metier
