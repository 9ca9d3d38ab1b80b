// Nothing appears and nothing vanishes: goods by establishment and by good, people by place, every month, in the
// territory.
#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/job_events.hpp"
#include "models/model.hpp"
#include "models/sites/columns.hpp"
#include "sim/app/scenario_input.hpp"
#include "sim/engine/simulator.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace metier {
namespace {

/// The baseline at a fiftieth of its size, with changes, month by month.
class Territory {
 public:
  explicit Territory(const std::vector<std::string>& changes) {
    app::Common common;
    common.root = METIER_SOURCE_DIR;
    std::vector<std::string> all{"scale.factor=0.02", "run.months=18"};
    all.insert(all.end(), changes.begin(), changes.end());
    bound_ = app::load_or_throw(METIER_SOURCE_DIR "/scenarios/baseline.yaml", all, common);
    model_ = app::build_or_throw(bound_, BuildUntil::kStart);
    const RunParams& run = bound_.params.run;
    simulator_ =
        std::make_unique<Simulator>(model_->world, model_->month, model_->indicators,
                                    Simulator::Settings{run.start, run.months, Seeds{run.seed, run.replicate}, false});
    simulator_->start(nullptr);
  }
  [[nodiscard]] bool finished() const { return simulator_->finished(); }
  [[nodiscard]] int month() const { return simulator_->month(); }
  void advance() { simulator_->advance(nullptr); }
  template <class C>
  [[nodiscard]] auto get() {
    return model_->world.column<C>();
  }
  template <class C>
  [[nodiscard]] std::vector<typename C::Value> copy() {
    const auto values = get<C>();
    return {values.begin(), values.end()};
  }
  template <class T>
  [[nodiscard]] std::size_t rows() {
    return model_->world.rows<T>();
  }

 private:
  app::BoundScenario bound_;
  std::unique_ptr<Model> model_;
  std::unique_ptr<Simulator> simulator_;
};

/// Sums of some hundred thousand rounded products: 1e-9 of what moved.
constexpr double kRounding = 1e-9;

/// Stock before + made = delivered + stock after, for each establishment; what suppliers deliver is what buyers get,
/// good by good; stock before + delivered - used = stock after, for each input.
void check_goods(Territory& t, bool whole_month) {
  double moved = 0.0, kept_back = 0.0;
  while (!t.finished()) {
    const auto finished_before = t.copy<firms::FinishedStock>();
    const auto stock_before = t.copy<io::Stock>();
    t.advance();
    const auto at = [&](std::size_t i) { return "month " + std::to_string(t.month()) + " row " + std::to_string(i); };
    const auto good = t.get<firms::GoodOf>();
    const auto output = t.get<firms::Output>(), orders = t.get<firms::Orders>();
    const std::size_t firms = output.size(), goods = t.rows<io::Good>();

    // Suppliers. With several deliveries a month the fills are means over its parts and say nothing of volumes.
    const auto links = t.get<io::OrderLinks>(), basket = t.get<io::OrderBasket>();
    const auto household = t.get<firms::OrderHousehold>(), retail = t.get<firms::OrderRetail>();
    const auto government = t.get<firms::OrderPublic>(), investment = t.get<firms::OrderInvestment>(),
               exports = t.get<firms::OrderExport>();
    const auto to_firms = t.get<firms::FillIntermediate>(), to_households = t.get<firms::FillHousehold>(),
               to_others = t.get<firms::FillOther>();
    const auto finished = t.get<firms::FinishedStock>();
    const auto storable = t.get<io::Storable>();
    std::vector<double> shipped(goods, 0.0), received(goods, 0.0), volume(goods, 0.0);
    for (std::size_t j = 1; whole_month && j < firms; ++j) {
      const double parts = links[j] + basket[j] + household[j] + retail[j] + government[j] + investment[j] + exports[j];
      ASSERT_NEAR(orders[j], parts, kRounding * std::max(1.0, parts)) << at(j);
      const double delivered = to_firms[j] * (links[j] + basket[j]) + to_households[j] * (household[j] + retail[j]) +
                               to_others[j] * (government[j] + investment[j] + exports[j]);
      const double supply = finished_before[j] + output[j];
      ASSERT_NEAR(finished[j], supply - delivered, kRounding * std::max(1.0, supply)) << at(j);
      if (storable[good[j]] == 0) {
        ASSERT_EQ(finished[j], 0.0) << "a service is in stock, " << at(j);
      }
      shipped[good[j]] += to_firms[j] * links[j];
      volume[good[j]] += links[j];
      moved += delivered;
      kept_back += parts - delivered;
    }

    // Buyers.
    const auto begin = t.get<io::InputBegin>();
    const auto count = t.get<io::InputCount>();
    const auto input_good = t.get<io::InputGood>();
    const auto coefficient = t.get<io::Coefficient>(), stock = t.get<io::Stock>(), order = t.get<io::InputOrder>(),
               delivered = t.get<io::Delivered>(), rof = t.get<io::ShareRof>(), nwe = t.get<io::ShareNwe>(),
               row = t.get<io::ShareRow>(), import_fill = t.get<io::ImportFill>(),
               shortfall = t.get<firms::InputShortfall>();
    for (std::size_t i = 1; i < firms; ++i) {
      double used = 0.0, needed = 0.0, scale = 1.0;
      for (std::size_t k = begin[i]; k < begin[i] + std::size_t{count[i]}; ++k) {
        const double use = stock_before[k] + delivered[k] - stock[k];
        ASSERT_GE(use, -kRounding * std::max(1.0, stock_before[k])) << "matter out of nothing, " << at(k);
        ASSERT_LE(use, coefficient[k] * output[i] + kRounding * std::max(1.0, stock_before[k] + delivered[k])) << at(k);
        ASSERT_GE(stock[k], 0.0) << at(k);
        used += use;
        needed += coefficient[k] * output[i];
        scale += stock_before[k] + delivered[k];
        const std::size_t g = input_good[k];
        received[g] += delivered[k] - order[k] * (rof[k] + nwe[k] + row[k]) * import_fill[g];
      }
      ASSERT_NEAR(used, needed - shortfall[i], kRounding * scale) << at(i);
    }
    for (std::size_t g = 0; whole_month && g < goods; ++g) {
      ASSERT_NEAR(received[g], shipped[g], kRounding * std::max(1.0, volume[g])) << "good " << g << ", " << at(g);
    }
  }
  if (whole_month) {
    EXPECT_GT(moved, 1e6) << "kEUR in all months";
    EXPECT_GT(kept_back, 0.0) << "some orders are not met, so that rationing is part of what is tested";
  }
}

TEST(Goods, AreConservedInTheTerritory) {
  Territory t({});
  check_goods(t, true);
}
TEST(Goods, AreConservedWhereHouseholdsComeFirst) {
  Territory t({"io.rationing=household_first", "io.mode=leontief"});
  check_goods(t, true);
}
TEST(Goods, AreConservedWithFourDeliveriesAMonth) {
  Territory t({"io.substeps=4"});
  check_goods(t, false);
}

/// Case V19: nobody is counted twice or forgotten, month after month.
TEST(People, AreConservedInTheTerritory) {
  Territory t({});
  const std::size_t communes = t.rows<sites::Commune>(), zones = t.rows<labour::ExternalZone>();
  std::vector<std::int64_t> residents_at_start;
  std::int64_t moves = 0;
  for (;;) {
    const auto status = t.get<labour::StatusOf>();
    const auto home = t.get<labour::Home>();
    const auto occupation = t.get<labour::OccupationOf>();
    const auto employer = t.get<labour::Employer>();
    const auto employees = t.get<firms::Employees>(), owners = t.get<firms::SelfEmployed>();
    const auto place = t.get<firms::CommuneOf>();
    const std::size_t occupations = t.rows<labour::Occupation>();
    std::vector<std::int64_t> residents(communes, 0), jobs_held(communes, 0), jobs(communes, 0), in(zones, 0),
        out(zones, 0);
    std::vector<std::int64_t> unemployed(communes * occupations, 0), working(communes * occupations, 0);
    // What the jobs that begin and end keep up to date, counted again.
    const auto age = t.get<labour::Age>();
    const auto wage = t.get<labour::Wage>();
    const auto cell = t.get<labour::Cell>();
    const auto group = t.get<labour::ZoneGroupOf>();
    const auto paid = t.get<labour::PayeeWages>();
    const labour::Payees payees(paid.size(), zones);
    std::vector<std::int64_t> by_age(labour::kAgeBands, 0), staff(occupations, 0), bills(occupations, 0),
        payee(paid.size(), 0);
    for (std::size_t h = 0; h < status.size(); ++h) {
      using enum labour::Status;
      if (status[h] == kAbsent) continue;
      const bool resident = home[h] < communes, at_work = status[h] == kEmployed || status[h] == kSelfEmployed;
      if (resident) {
        ++residents[home[h]];
        const std::size_t cell = home[h] * occupations + occupation[h];
        unemployed[cell] += status[h] == kUnemployed ? 1 : 0;
        working[cell] += at_work ? 1 : 0;
      } else {
        ASSERT_TRUE(at_work) << "a row of the pool of in-commuters without a job is in use";
        ++in[home[h] - communes];
      }
      if (at_work && resident) ++by_age[age[h] < 25 ? 0 : age[h] < 55 ? 1 : 2];
      if (status[h] == kEmployed && employer[h] < firms::kOutsideEmployer) {
        ++staff[occupation[h]];
        bills[occupation[h]] += wage[h];
        payee[resident ? payees.cell(cell[h]) : payees.zone(home[h] - communes)] += wage[h];
      } else if (status[h] == kEmployed) {
        payee[payees.cell_from(cell[h], group[employer[h] - firms::kOutsideEmployer])] += wage[h];
      }
      if (!at_work) {
        ASSERT_EQ(employer[h], firms::kNoFirm);
      } else if (employer[h] >= firms::kOutsideEmployer) {
        ASSERT_TRUE(resident);
        ++out[employer[h] - firms::kOutsideEmployer];
      } else {
        ++jobs_held[place[employer[h]]];
      }
    }
    for (std::size_t i = 1; i < employees.size(); ++i) jobs[place[i]] += employees[i] + owners[i];
    EXPECT_EQ(jobs, jobs_held) << "month " << t.month() << ": jobs by commune against people who hold them";
    if (residents_at_start.empty()) residents_at_start = residents;
    EXPECT_EQ(residents, residents_at_start) << "month " << t.month() << ": nobody is born, dies or moves house here";
    const auto same = [&](const auto& counted, const auto& column) { return std::ranges::equal(counted, column); };
    EXPECT_TRUE(same(in, t.get<labour::InCommuters>())) << "month " << t.month();
    EXPECT_TRUE(same(out, t.get<labour::OutCommuters>())) << "month " << t.month();
    EXPECT_TRUE(same(unemployed, t.get<labour::Unemployed>())) << "month " << t.month();
    EXPECT_TRUE(same(working, t.get<labour::EmployedResidents>())) << "month " << t.month();
    EXPECT_TRUE(same(by_age, t.get<labour::EmployedByAge>())) << "month " << t.month();
    EXPECT_TRUE(same(staff, t.get<labour::EmployeesByOccupation>())) << "month " << t.month();
    EXPECT_TRUE(same(bills, t.get<labour::WagesByOccupation>())) << "month " << t.month();
    EXPECT_TRUE(same(payee, paid)) << "month " << t.month();
    if (t.finished()) break;
    t.advance();
    for (const std::int64_t hires : t.get<labour::HiresBySector>()) moves += hires;
  }
  EXPECT_GT(moves, 500) << "people do change jobs";
}

}  // namespace
}  // namespace metier
