#pragma once

namespace metier {
class ParamBinder;
}

namespace metier::tax {

/// Rates on their bases, fixed: government does not optimise (models/tax/README.md).
struct Params {
  double employer_contributions = 0.30;
  double worker_contributions = 0.22;
  double income = 0.11;
  double vat = 0.10;
  double corporate = 0.25;
  double production = 0.03;
  double mel_share = 0.10;
  double benefit_replacement = 0.57;
  double benefit_covered = 0.5;
};

void bind(ParamBinder& b, Params& p);

}  // namespace metier::tax
