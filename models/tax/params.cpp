#include "models/tax/params.hpp"

#include "sim/config/binder.hpp"

namespace metier::tax {

void bind(ParamBinder& b, Params& p) {
  b.field("employer_contributions", p.employer_contributions,
          {.unit = "share of gross wages",
           .lo = 0.0,
           .hi = 2.0,
           .prior = {0.24, 0.36},
           .lever = true,
           .doc = "Social contributions of employers.",
           .source = "employer cost = 1.30 gross wage at the mean, to be checked"});
  b.field("worker_contributions", p.worker_contributions,
          {.unit = "share of gross wages",
           .lo = 0.0,
           .hi = 0.9,
           .prior = {0.18, 0.26},
           .lever = true,
           .doc = "Social contributions of employees.",
           .source = "net = 0.78 gross wage at the mean, to be checked"});
  b.field("income", p.income,
          {.unit = "share of income",
           .lo = 0.0,
           .hi = 0.9,
           .prior = {0.08, 0.16},
           .lever = true,
           .doc = "Current taxes on the income of households, all kinds of income.",
           .source = "Eurostat household accounts FRE1 2018: D5 2,849 of 25,500 EUR per inhabitant"});
  b.field("vat", p.vat,
          {.unit = "share of the price before tax",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.08, 0.12},
           .lever = true,
           .doc = "Taxes on consumption.",
           .source = "order of magnitude for France, to be checked"});
  b.field("corporate", p.corporate,
          {.unit = "share of net profit",
           .lo = 0.0,
           .hi = 0.9,
           .prior = {0.2, 0.3},
           .lever = true,
           .doc = "Corporate tax, on profits of units without a working owner.",
           .source = "French rate of 25 %"});
  b.field("production", p.production,
          {.unit = "share of value added",
           .lo = 0.0,
           .hi = 0.9,
           .prior = {0.024, 0.036},
           .lever = true,
           .doc = "Taxes on production.",
           .source = "order of magnitude for France, to be checked"});
  b.field("mel_share", p.mel_share,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.05, 0.2},
           .doc = "Part of taxes on production that goes to the metropolitan authority.",
           .source = "choice"});
  b.field("benefit_replacement", p.benefit_replacement,
          {.unit = "share of the gross wage",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.5, 0.65},
           .lever = true,
           .doc = "Unemployment benefit.",
           .source = "French rule of 57 %, to be checked"});
  b.field("benefit_covered", p.benefit_covered,
          {.unit = "share",
           .lo = 0.0,
           .hi = 1.0,
           .prior = {0.4, 0.6},
           .lever = true,
           .doc = "Part of the unemployed who draw benefit.",
           .source = "to be checked"});
}

}  // namespace metier::tax
