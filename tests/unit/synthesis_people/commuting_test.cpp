#include "models/synthesis/commuting.hpp"

#include "models/firms/columns.hpp"
#include "models/sites/columns.hpp"
#include "models/synthesis/gravity.hpp"
#include "tests/unit/synthesis_people/pack.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace metier::synthesis {
namespace {

// Two by two, both margins given: flows are x, 30 - x, 40 - x, 30 + x with the odds ratio of the deterrence,
// x (30 + x) / ((30 - x)(40 - x)) = e^(-beta (t11 + t22 - t12 - t21)).
TEST(Gravity, SolvesTheTwoByTwoCase) {
  const std::vector<double> rows{30.0, 70.0}, columns{40.0, 60.0}, minutes{5.0, 20.0, 25.0, 10.0};
  const std::vector<unsigned char> allowed(4, 1);
  const double beta = 0.05, odds = std::exp(-beta * (5.0 + 10.0 - 20.0 - 25.0));
  // (odds - 1) x^2 - (70 odds + 30) x + 1200 odds = 0, the root below 30
  const double a = odds - 1.0, b = -(70.0 * odds + 30.0), c = 1200.0 * odds;
  const double x = (-b - std::sqrt(b * b - 4.0 * a * c)) / (2.0 * a);
  const GravityFlows fitted = gravity(rows, columns, minutes, allowed, beta);
  EXPECT_NEAR(fitted.flows[0], x, 1e-6);
  EXPECT_NEAR(fitted.flows[1], 30.0 - x, 1e-6);
  EXPECT_NEAR(fitted.flows[2], 40.0 - x, 1e-6);
  EXPECT_NEAR(fitted.flows[3], 30.0 + x, 1e-6);
}

TEST(Gravity, ForbiddenPairsStayEmpty) {
  const std::vector<double> rows{10.0, 20.0}, columns{25.0, 5.0}, minutes(4, 1.0);
  const GravityFlows fitted = gravity(rows, columns, minutes, std::vector<unsigned char>{1, 1, 1, 0}, 0.1);
  EXPECT_DOUBLE_EQ(fitted.flows[3], 0.0);
  EXPECT_NEAR(fitted.flows[2], 20.0, 1e-7);  // margins are fitted to 1e-9
  EXPECT_NEAR(fitted.flows[0], 5.0, 1e-7);
}

// Reference values computed from the data pack by an independent script (scenarios/data/model/README.md, "Commuting").
// The script uses jobs scaled to 527,071; margins of the program follow whole jobs by commune, hence 1 %.
TEST(Commuting, AgreesWithTheReferenceOfTheDataPack) {
  Territory territory(1.0);
  std::vector<std::int64_t> jobs(territory.pack.communes.size(), 0);
  const auto commune = territory.world.column<firms::CommuneOf>();
  const auto employees = territory.world.column<firms::Employees>();
  const auto owners = territory.world.column<firms::SelfEmployed>();
  for (std::size_t i = 1; i < commune.size(); ++i) jobs[commune[i]] += employees[i] + owners[i];
  const CommuterFlows flows = build_commuting(territory.pack, territory.people, jobs, 0.085, 1.0, territory.keys,
                                              territory.world, territory.report);
  std::map<std::string, std::int64_t> in, out;
  std::int64_t total = 0, inside = 0;
  for (std::size_t from = 0; from < flows.zones; ++from) {
    for (std::size_t to = 0; to < flows.zones; ++to) {
      const std::int64_t n = flows.at(from, to);
      total += n;
      if (from < flows.communes && to < flows.communes) inside += n;
      if (from >= flows.communes) {
        EXPECT_TRUE(to < flows.communes || n == 0);
        in[territory.pack.external_zones[from - flows.communes].code] += n;
      }
      if (to >= flows.communes) out[territory.pack.external_zones[to - flows.communes].code] += n;
    }
  }
  EXPECT_EQ(total, 584801);
  EXPECT_EQ(inside, 404956);
  const auto near = [](std::int64_t value, double reference) {
    EXPECT_NEAR(static_cast<double>(value), reference, 0.01 * reference + 2.0);
  };
  near(in["ZE3215"], 35198);
  near(in["ZE3212"], 15161);
  near(in["ZE3205"], 10698);
  near(in["ZE3216"], 44529);
  near(in["REST"], 7300);
  near(in["BE-KORTRIJK"], 2000);
  near(out["ZE3216"], 16716);
  near(out["ZE3215"], 9916);
  near(out["BE-TOURNAI-MOUSCRON"], 7200);
  const auto place = [&](const std::string& code) {
    std::size_t p = 0;
    while (territory.pack.communes[p].code != code) ++p;
    return p;
  };
  const std::size_t lille = place("59350"), roubaix = place("59512");
  EXPECT_NEAR(static_cast<double>(flows.at(lille, lille)), 45685.0, 0.01 * 45685.0);
  EXPECT_NEAR(static_cast<double>(flows.at(roubaix, lille)), 3523.0, 0.02 * 3523.0);
}

}  // namespace
}  // namespace metier::synthesis
