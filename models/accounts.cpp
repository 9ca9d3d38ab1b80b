#include "models/accounts.hpp"

namespace metier {

std::string_view name_of(Special special) {
  switch (special) {
    case Special::kBank: return "bank";
    case Special::kGov: return "gov";
    case Special::kMel: return "mel";
    case Special::kRof: return "rof";
    case Special::kNwe: return "nwe";
    case Special::kRow: return "row";
    case Special::kGoods: return "clearing_goods";
    case Special::kWages: return "clearing_wages";
    case Special::kConsumption: return "clearing_consumption";
    case Special::kInvestment: return "clearing_investment";
    case Special::kProfits: return "clearing_profits";
    case Special::kCount: break;
  }
  return "reserved";
}

std::string_view name_of(Flow flow) {
  switch (flow) {
    case Flow::kOpening: return "opening";
    case Flow::kWages: return "wages";
    case Flow::kWorkerContributions: return "worker_contributions";
    case Flow::kEmployerContributions: return "employer_contributions";
    case Flow::kIncomeTax: return "income_tax";
    case Flow::kConsumption: return "consumption";
    case Flow::kVat: return "vat";
    case Flow::kIntermediate: return "intermediate";
    case Flow::kImports: return "imports";
    case Flow::kExports: return "exports";
    case Flow::kPublicConsumption: return "public_consumption";
    case Flow::kInvestment: return "investment";
    case Flow::kDwellings: return "dwellings";
    case Flow::kOutsideAssets: return "outside_assets";
    case Flow::kInputTax: return "input_tax";
    case Flow::kProductionTax: return "production_tax";
    case Flow::kCorporateTax: return "corporate_tax";
    case Flow::kInterest: return "interest";
    case Flow::kDividends: return "dividends";
    case Flow::kMixedIncome: return "mixed_income";
    case Flow::kTransfers: return "transfers";
    case Flow::kLoan: return "loan";
    case Flow::kRepayment: return "repayment";
    case Flow::kSettlement: return "settlement";
    case Flow::kShortTimeWork: return "short_time_work";
    case Flow::kSolidarityFund: return "solidarity_fund";
    case Flow::kCount: break;
  }
  return "reserved";
}

}  // namespace metier
