#include "models/labour/params.hpp"

#include "sim/config/binder.hpp"
#include "sim/core/csv.hpp"
#include "sim/core/money.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace metier::labour {

namespace {

void bind_separations(ParamBinder& b, Params& p) {
  b.field(
      "separation_rate", p.separation_rate,
      {.unit = "1/month",
       .lo = 0.0,
       .hi = 1.0,
       .prior = {0.007, 0.016},
       .lever = true,
       .doc = "Probability that a job ends in a month (delta_u), times the relative rates of its occupation and of the "
              "home and age of who holds it.",
       .source = "France about 1 % a month, to be checked; .0103 = .016 per 6.75 weeks (del Rio-Chanona et al. 2021)"});
  b.field("lifo_share", p.lifo_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.4, 1.0},
           .doc = "Dismissals that hit who came last; the others hit anyone on the staff.",
           .source = "choice"});
  b.field("vacancy_rate_small", p.vacancy_rate_small,
          {.unit = "share of posts",
           .lo = 0.0,
           .hi = 0.5,
           .prior = {0.045, 0.08},
           .doc = "Open posts over all posts at t = 0, establishments of 1 to 9 employees.",
           .source = "Dares 2023, to be checked"});
  b.field("vacancy_rate_large", p.vacancy_rate_large,
          {.unit = "share of posts",
           .lo = 0.0,
           .hi = 0.5,
           .prior = {0.015, 0.035},
           .doc = "Open posts over all posts at t = 0, establishments of 10 employees or more.",
           .source = "Dares, fourth quarter of 2022, to be checked"});
  b.field(
      "tension_slope", p.tension_slope,
      {.unit = "1/s.d.",
       .lo = -2.0,
       .hi = 2.0,
       .prior = {0.0, 0.4},
       .doc = "How much more often posts open at t = 0 belong to occupations in tension: weights e^(slope * tension).",
       .source = "choice"});
  b.field("lasting_gaps", p.lasting_gaps,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.5, 1.0},
           .doc = "How much of the log gaps in unemployment of t = 0 between communes and between ages lasts, because "
                  "jobs end more often there; the rest fades.",
           .source = "choice near Bilal (2023), QJE 138: job losing makes most of the gaps between French labour "
                     "markets, to be checked"});
}

void bind_search(ParamBinder& b, Params& p) {
  b.field("rounds", p.rounds,
          {.unit = "1/month",
           .lo = 1.0,
           .hi = kMaxRounds,
           .prior = {1, 4},
           .doc = "Rounds of applications, screening and offers in a month.",
           .source = "choice"});
  b.field("applications", p.applications,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 50.0,
           .prior = {2, 10},
           .lever = true,
           .doc = "Mean number of applications of somebody who looks for a job, beyond the first.",
           .source = "choice"});
  b.field("ojs_prob", p.ojs_prob,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.02, 0.1},
           .lever = true,
           .doc = "Probability that a salaried person looks around in a month (sigma_ojs).",
           .source = "8 to 10 % of the employed change job in a year, to be checked"});
  b.field("ojs_gain", p.ojs_gain,
          {.unit = "1",
           .lo = 0.0,
           .hi = 2.0,
           .prior = {0.0, 0.15},
           .doc = "Rise of the wage, travel being equal, for which somebody at work changes job.",
           .source = "choice"});
  b.field("halo_search", p.halo_search,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.1, 0.5},
           .lever = true,
           .doc = "Probability that somebody of the halo looks for a job in a month.",
           .source = "choice"});
  b.field(
      "beta_travel", p.beta_travel,
      {.unit = "1/min",
       .lo = 0.0,
       .hi = 2.0,
       .prior = {0.05, 0.14},
       .lever = true,
       .doc = "Deterrence of travel time to work (beta_tt).",
       .source = "gravity fit to the commuting margins; constant over French municipalities (Lenormand et al. 2012)"});
  b.field("wage_elasticity", p.wage_elasticity,
          {.unit = "1",
           .lo = 0.0,
           .hi = 20.0,
           .prior = {0.5, 4.0},
           .doc = "How strongly applicants prefer better paid posts (eta_w).",
           .source = "choice"});
  b.field("reservation_start", p.reservation_start,
          {.unit = "share of the median wage",
           .lo = 0.01,
           .hi = 3.0,
           .prior = {0.8, 1.0},
           .lever = true,
           .doc = "Least wage that somebody accepts in the first month without a job, relative to his or her "
                  "occupation and skill.",
           .source = "choice after surveys of reservation wages"});
  b.field("reservation_end", p.reservation_end,
          {.unit = "share of the median wage",
           .lo = 0.01,
           .hi = 3.0,
           .prior = {0.5, 0.9},
           .lever = true,
           .doc = "The same after `long_spell` months without a job; in between it falls on a straight line.",
           .source = "choice"});
  b.field("long_spell", p.long_spell,
          {.unit = "month",
           .lo = 1.0,
           .hi = 254.0,
           .prior = {12, 36},
           .doc = "Months without a job after which the least accepted wage and the fit in the eyes of employers fall "
                  "no further.",
           .source = "choice"});
}

void bind_screening(ParamBinder& b, Params& p) {
  b.field("suitable_prob", p.suitable_prob,
          {.unit = "1",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.08, 0.30},
           .lever = true,
           .doc = "Probability that an applicant of the occupation and of mean skill suits a post (p_suit).",
           .source = "fit to job finding, vacancies and their duration"});
  b.field("screen_max", p.screen_max,
          {.unit = "1/month",
           .lo = 1.0,
           .hi = 50.0,
           .prior = {3, 10},
           .lever = true,
           .doc = "Most applicants that a post looks at in a month (m_s).",
           .source = "fit to job finding, vacancies and their duration"});
  b.field("skill_slope", p.skill_slope,
          {.unit = "1/s.d.",
           .lo = 0.0,
           .hi = 3.0,
           .prior = {0.0, 0.5},
           .doc = "Rise of the log probability of being suitable with skill (kappa).",
           .source = "choice"});
  b.field("duration_penalty", p.duration_penalty,
          {.unit = "s.d. of fit",
           .lo = 0.0,
           .hi = 10.0,
           .prior = {0.2, 1.2},
           .lever = true,
           .doc = "Loss of fit in the eyes of employers after `long_spell` months without a job (chi).",
           .source = "audit studies, to be checked"});
  b.field("fit_noise", p.fit_noise,
          {.unit = "s.d. of skill",
           .lo = 0.0,
           .hi = 10.0,
           .prior = {0.5, 2.0},
           .doc = "Standard deviation of what employers see in an applicant besides skill and duration.",
           .source = "choice"});
}

void bind_wages(ParamBinder& b, Params& p) {
  b.field(
      "wage_productivity", p.wage_productivity,
      {.unit = "elasticity",
       .lo = 0.0,
       .hi = 2.0,
       .prior = {0.15, 0.45},
       .doc =
           "Response of wages to the productivity of the establishment (b_A): new posts to its level relative to the "
           "sector, present staff to its growth relative to that of all jobs.",
       .source = "rent-sharing estimates, to be checked"});
  b.field("wage_curve", p.wage_curve,
          {.unit = "elasticity",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.05, 0.15},
           .doc = "Fall of wages with the unemployment rate (eps_wc): new posts with that of their commune relative to "
                  "the territory, the going wage with that of the territory relative to t = 0.",
           .source = "Blanchflower & Oswald (1994), The Wage Curve: 16 countries"});
  b.field("wage_tightness", p.wage_tightness,
          {.unit = "elasticity",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.025, 0.075},
           .doc = "Rise of wages with open posts per unemployed of the occupation (b_T).",
           .source = "choice"});
  b.field("wage_skill", p.wage_skill,
          {.unit = "1/s.d.",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.05, 0.15},
           .doc = "Rise of log wages with skill (b_skill).",
           .source = "choice"});
  b.field("wage_indexation", p.wage_indexation,
          {.unit = "elasticity",
           .lo = 0.0,
           .hi = 1.5,
           .prior = {0.35, 1.0},
           .lever = true,
           .doc = "Part of a rise of consumer prices that the going wage follows in the same month (iota_w); the rest "
                  "follows with `wage_catch_up`.",
           .source = "choice"});
  b.field(
      "wage_catch_up", p.wage_catch_up,
      {.unit = "1/month",
       .lo = 0.0,
       .hi = 1.0,
       .prior = {0.03, 0.25},
       .lever = true,
       .doc = "Part of the gap between the going wage and prices times common productivity that is closed in a month.",
       .source = "choice: wages are bargained over once a year (Code du travail, art. L2242-1)"});
  b.field("outside_wage_gap", p.outside_wage_gap,
          {.unit = "1",
           .lo = -0.9,
           .hi = 5.0,
           .prior = {0.0, 0.2},
           .doc = "What posts outside pay above the median of the occupation here.",
           .source = "choice"});
  b.path("minimum_wage", p.minimum_wage,
         {.doc = "Minimum wage by law, CSV month,key,value with the key `gross_eur_per_month`; from the January after "
                 "its last row on it follows consumer prices and half of the real rise of the going wage."});
}

void bind_spells(ParamBinder& b, Params& p) {
  b.field("skill_decay", p.skill_decay,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.0, 0.02},
           .lever = true,
           .doc = "Loss of skill in a month of long-term unemployment, relative to its size (d_s).",
           .source = "choice"});
  b.field("skill_decay_after", p.skill_decay_after,
          {.unit = "month",
           .lo = 0.0,
           .hi = 254.0,
           .prior = {6, 18},
           .doc = "Months without a job after which skill is lost.",
           .source = "choice"});
  b.field("halo_entry_factor", p.halo_entry_factor,
          {.unit = "1",
           .lo = 0.0,
           .hi = 50.0,
           .prior = {0.7, 1.4},
           .lever = true,
           .doc = "Probability that an unemployed person stops looking actively in a month, relative to the one solved "
                  "at t = 0, which keeps the halo of the data as it is.",
           .source = "1 by definition; the prior is a choice"});
  b.field("halo_entry_after", p.halo_entry_after,
          {.unit = "month",
           .lo = 0.0,
           .hi = 254.0,
           .prior = {0, 18},
           .doc = "Months without a job after which that happens.",
           .source = "choice by the data: at 0 the market at rest comes nearest to their long-term share (decision "
                     "0017)"});
  b.field("halo_return", p.halo_return,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.02, 0.06},
           .lever = true,
           .doc = "Probability to look actively again, times open posts per unemployed.",
           .source = "choice"});
}

void bind_null_models(ParamBinder& b, Params& p) {
  b.field("finding_rate", p.finding_rate,
          {.unit = "1/month",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.06, 0.13},
           .doc = "Probability to find a job in a month; mode `two_state` only, an outcome elsewhere.",
           .source = "France 8 to 10 % a month, to be checked"});
  b.field(
      "persons", p.persons,
      {.unit = "person",
       .lo = 0.0,
       .hi = 1e8,
       .doc = "Persons of the two-state chain where a scenario has no population of its own; mode `two_state` only."});
  b.section("urn", [&] {
    b.field("applications", p.urn.applications,
            {.unit = "1/month", .lo = 0.0, .hi = 1e8, .doc = "Applications thrown at random; mode `urn_ball` only."});
    b.field("vacancies", p.urn.vacancies, {.unit = "count", .lo = 1.0, .hi = 1e8, .doc = "Vacancies of the urn."});
  });
  b.section("flows", [&] {
    const std::string_view source =
        "del Rio-Chanona et al. (2021), J. R. Soc. Interface 18: 20200898; per 6.75 weeks, times .645";
    b.field("separation_rate", p.flows.separation_rate,
            {.unit = "1/month",
             .lo = 0.0,
             .hi = 1.0,
             .doc = "Spontaneous separations (delta_u); mode `flows_drc` only.",
             .source = source});
    b.field("opening_rate", p.flows.opening_rate,
            {.unit = "1/month", .lo = 0.0, .hi = 1.0, .doc = "Spontaneous openings (delta_v).", .source = source});
    b.field("separation_adjustment", p.flows.separation_adjustment,
            {.unit = "1/month",
             .lo = 0.0,
             .hi = 1.0,
             .doc = "Speed at which posts in excess go (gamma_u).",
             .source = source});
    b.field("opening_adjustment", p.flows.opening_adjustment,
            {.unit = "1/month",
             .lo = 0.0,
             .hi = 1.0,
             .doc = "Speed at which missing posts open (gamma_v).",
             .source = source});
    b.path("state", p.flows.state,
           {.doc = "CSV label,employed,unemployed,vacancies[,target]; without the last column the target is employed + "
                   "vacancies."});
    b.path("mobility", p.flows.mobility,
           {.doc = "Mobility A, square CSV: header row and first column bear the labels of `state`."});
  });
  b.section("gravity", [&] {
    b.path("origins", p.gravity.origins,
           {.doc = "Trips between places of your own, with `space: none`: CSV label,value, persons by home."});
    b.path("destinations", p.gravity.destinations, {.doc = "CSV label,value, jobs by place; the same total."});
    b.path("cost", p.gravity.cost,
           {.doc = "CSV of minutes, first column the origins, header the destinations; `labour.beta_travel` deters."});
    const GravityParams& g = p.gravity;
    b.check("origins", g.origins.given() == g.destinations.given() && g.origins.given() == g.cost.given(),
            "goes with labour.gravity.destinations and labour.gravity.cost: give all or none");
  });
}

}  // namespace

void bind(ParamBinder& b, Params& p) {
  b.choice("mode", p.mode,
           {{"full", Mode::kFull, "persons, posts, applications over communes and occupations, screening, offers"},
            {"flows_drc", Mode::kFlowsDrc, "null model: deterministic flows between occupations, over a user's table"},
            {"urn_ball", Mode::kUrnBall, "null model: applications thrown at vacancies at random"},
            {"two_state", Mode::kTwoState, "null model: jobs end and are found at given rates"}},
           {.doc = "How people find and lose jobs (B5)."});
  bind_separations(b, p);
  bind_search(b, p);
  bind_screening(b, p);
  bind_wages(b, p);
  bind_spells(b, p);
  b.field("ilo_share", p.ilo_share,
          {.unit = "share of the unemployed of the census",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.55, 0.75},
           .doc = "Unemployed in the ILO sense; the others are the halo. Here and in the external zones.",
           .source = "ratio of the two counts for the employment zone of Lille, 2018"});
  bind_null_models(b, p);
}

MinimumWagePath read_minimum_wage(const std::string& path, Problems& problems) {
  constexpr std::string_view kKey = "gross_eur_per_month";
  MinimumWagePath out;
  const CsvTable table = read_csv(path, problems);
  const auto month = table.require("month", problems), key = table.require("key", problems),
             value = table.require("value", problems);
  if (!month || !key || !value) return out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const CsvCell& what = table.at(row, *key);
    if (what.text != kKey) {
      problems.add(table.place(what), fmt::format("key '{}' is not one of a minimum wage", what.text),
                   fmt::format("write {}", kKey));
      continue;
    }
    const CsvCell& when = table.at(row, *month);
    const auto from = parse_month(when.text);
    const double euros = table.number(row, *value, problems, 0.0, 1e5);
    if (!from) {
      problems.add(table.place(when), fmt::format("'{}' is not a month", when.text), "write 2019-01");
      continue;
    }
    const bool again =
        std::any_of(out.levels.begin(), out.levels.end(), [&](const auto& level) { return level.from == *from; });
    if (again) {
      problems.add(table.place(when), fmt::format("month {} has a minimum wage already", when.text),
                   "keep one row per month");
      continue;
    }
    out.levels.push_back({*from, round_half_away(euros * 100.0)});
  }
  std::sort(out.levels.begin(), out.levels.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  return out;
}

}  // namespace metier::labour
