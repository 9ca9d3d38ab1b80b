#include "models/invariants.hpp"
#include "models/labour/initial.hpp"
#include "models/labour/job_events.hpp"
#include "tests/support/labour/labour_world.hpp"
#include "tests/support/labour/run_process.hpp"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace metier {
namespace {

using labour::Status;

/// Case V19 on an invented labour market: the headcount after every month of a run.
class Headcount : public testing::Test {
 protected:
  static constexpr int kMonths = 24;

  Headcount() {
    setting_.params.separation_rate = 0.03;  // many moves
    test::build_labour_world(world_, test::small_labour(), setting_.params);
    labour::set_start(world_, setting_.params, Month{2018, 12});
    month_ = test::labour_month(setting_);
    month_.phase("P21", "headcount", Schedule::RunAt::kMonthsAndStart).add("people.check_headcount", &check_headcount);
  }

  void run() { test::run_labour(world_, month_, kMonths); }
  void check() { test::run_process(world_, test::labour_step(kMonths), &check_headcount); }

  /// First person of whom this holds.
  std::size_t somebody(const std::function<bool(Status, Row, bool)>& holds) {
    const auto status = world_.column<labour::StatusOf>();
    const auto employer = world_.column<labour::Employer>();
    const auto home = world_.column<labour::Home>();
    const std::size_t communes = world_.rows<sites::Commune>();
    for (std::size_t h = 0; h < status.size(); ++h) {
      if (holds(status[h], employer[h], home[h] < communes)) return h;
    }
    ADD_FAILURE() << "nobody of the kind that the test needs";
    return 0;
  }

  World world_;
  test::LabourSetting setting_;
  Schedule month_;
};

TEST_F(Headcount, HoldsInEveryMonthOfARun) {
  EXPECT_NO_THROW(run());
  std::int64_t hires = 0;
  for (const std::int64_t n : world_.column<labour::HiresBySector>()) hires += n;
  EXPECT_GT(hires, 0) << "a market where nobody moves proves nothing";
}

struct Broken {
  const char* name;
  const char* says;
  std::function<void(World&, std::size_t employed_here, std::size_t outside, std::size_t idle, std::size_t commuter)>
      breaks;
};

class BrokenHeadcount : public Headcount, public testing::WithParamInterface<Broken> {};

TEST_P(BrokenHeadcount, StopsTheRun) {
  run();
  ASSERT_NO_THROW(check());
  const auto here = [](Row i) { return labour::works_here(i); };
  const std::size_t employed =
      somebody([&](Status s, Row i, bool resident) { return s == Status::kEmployed && here(i) && resident; });
  const std::size_t outside = somebody([&](Status s, Row i, bool) { return s == Status::kEmployed && !here(i); });
  const std::size_t idle = somebody([](Status s, Row, bool) { return s == Status::kUnemployed; });
  const std::size_t commuter =
      somebody([](Status s, Row, bool resident) { return s == Status::kEmployed && !resident; });
  GetParam().breaks(world_, employed, outside, idle, commuter);
  try {
    check();
    FAIL() << "the broken state passed";
  } catch (const BrokenPromise& broken) {
    EXPECT_THAT(broken.what(), testing::HasSubstr(GetParam().says));
  }
}

template <class C>
auto& at(World& world, std::size_t row) {
  return world.column<C>()[row];
}

const Broken kBroken[] = {
    {"IdleWithAnEmployer", "do not go together",
     [](World& w, std::size_t, std::size_t, std::size_t idle, std::size_t) { at<labour::Employer>(w, idle) = 5; }},
    {"IdleWithAWage", "do not go together",
     [](World& w, std::size_t, std::size_t, std::size_t idle, std::size_t) { at<labour::Wage>(w, idle) = 1; }},
    {"EmployedByNobody", "do not go together",
     [](World& w, std::size_t e, std::size_t, std::size_t, std::size_t) {
       at<labour::Employer>(w, e) = firms::kNoFirm;
     }},
    {"EmployedByARowThatIsNot", "do not go together",
     [](World& w, std::size_t e, std::size_t, std::size_t, std::size_t) {
       at<labour::Employer>(w, e) = static_cast<Row>(w.rows<firms::Firm>());
     }},
    {"ResidentAbsent", "do not go together",
     [](World& w, std::size_t, std::size_t, std::size_t idle, std::size_t) {
       at<labour::StatusOf>(w, idle) = Status::kAbsent;
     }},
    {"StatusThatIsNot", "do not go together",
     [](World& w, std::size_t, std::size_t, std::size_t idle, std::size_t) {
       at<labour::StatusOf>(w, idle) = static_cast<Status>(9);
     }},
    {"CommuterIdleHere", "do not go together",
     [](World& w, std::size_t, std::size_t, std::size_t, std::size_t c) {
       at<labour::StatusOf>(w, c) = Status::kUnemployed;
       at<labour::Employer>(w, c) = firms::kNoFirm;
       at<labour::Wage>(w, c) = 0;
     }},
    {"OneEmployeeTooMany", "establishment",
     [](World& w, std::size_t e, std::size_t, std::size_t, std::size_t) {
       ++at<firms::Employees>(w, at<labour::Employer>(w, e));
     }},
    {"OneOwnerTooMany", "establishment",
     [](World& w, std::size_t e, std::size_t, std::size_t, std::size_t) {
       ++at<firms::SelfEmployed>(w, at<labour::Employer>(w, e));
     }},
    {"OneCentTooMuch", "establishment",
     [](World& w, std::size_t e, std::size_t, std::size_t, std::size_t) {
       ++at<firms::WageBill>(w, at<labour::Employer>(w, e));
     }},
    {"JobMovedSilently", "establishment",
     [](World& w, std::size_t e, std::size_t, std::size_t, std::size_t) {
       Row& i = at<labour::Employer>(w, e);
       i = i == 1 ? 2 : 1;
     }},
    {"EmployedResidentsMiscounted", "employed residents",
     [](World& w, std::size_t, std::size_t, std::size_t, std::size_t) { ++at<labour::EmployedResidents>(w, 3); }},
    {"UnemployedMiscounted", "unemployed residents",
     [](World& w, std::size_t, std::size_t, std::size_t, std::size_t) { --at<labour::Unemployed>(w, 3); }},
    {"HaloMiscounted", "halo",
     [](World& w, std::size_t, std::size_t, std::size_t, std::size_t) { ++at<labour::Halo>(w, 0); }},
    {"SilentlyGoneToTheHalo", "unemployed residents",
     [](World& w, std::size_t, std::size_t, std::size_t idle, std::size_t) {
       at<labour::StatusOf>(w, idle) = Status::kHalo;
     }},
    {"JobsOfACommuneMiscounted", "salaried jobs",
     [](World& w, std::size_t, std::size_t, std::size_t, std::size_t) { ++at<labour::EmployeesByCommune>(w, 1); }},
    {"InCommutersMiscounted", "in-commuters",
     [](World& w, std::size_t, std::size_t, std::size_t, std::size_t) { ++at<labour::InCommuters>(w, 2); }},
    {"OutCommutersMiscounted", "out-commuters",
     [](World& w, std::size_t, std::size_t, std::size_t, std::size_t) { --at<labour::OutCommuters>(w, 0); }},
    {"OutCommuterOfAnotherZone", "out-commuters",
     [](World& w, std::size_t, std::size_t o, std::size_t, std::size_t) {
       Row& i = at<labour::Employer>(w, o);
       i = i == firms::kOutsideEmployer ? i + 1 : firms::kOutsideEmployer;
     }},
};

INSTANTIATE_TEST_SUITE_P(EachWay, BrokenHeadcount, testing::ValuesIn(kBroken),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace metier
