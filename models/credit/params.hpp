#pragma once

namespace metier {
class ParamBinder;
}

namespace metier::credit {

/// Loans of establishments are rolled over at a fixed rate: the null model of credit (models/credit/README.md).
struct Params {
  double rate = 0.02;  ///< 1/year
  double guaranteed_months = 48.0;
};

void bind(ParamBinder& b, Params& p);

}  // namespace metier::credit
