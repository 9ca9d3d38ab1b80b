#pragma once
#include "models/accounts.hpp"
#include "models/credit/columns.hpp"
#include "models/firms/params.hpp"
#include "models/outside/columns.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::credit {

struct CapitalLoans {
  In<firms::Investment> executed;
  In<outside::InvestmentPrice> investment_price;
  In<LoanShare> share;
  In<GuaranteedLoan> guaranteed;
  In<AccountBalance> balance;
  In<households::Households> cells;
};
/// Every capital good is bought with the same share of debt, which is paid back as the good wears out.
///
/// Equation  dL_i = lambda_i p_K I_i - delta_K L_i, rounded to cents: a new loan when positive, else a repayment
///           (models/credit/README.md eq. 3)
/// Symbols   lambda_i loans over capital at t = 0 (firm.loan_share); I_i gross investment executed [kEUR2018/month];
///           L_i loans not guaranteed by the State; delta_K wear of capital [1/month]
/// Shape     rows of firm
/// Steady    where investment only replaces and prices stand still, dL is 0 cents: loans are rolled over (case V6)
/// Source    null model of credit (decision 0011); the rule of B8 asks cash and collateral instead
void finance_capital(const Step& step, const firms::Params& firms, CapitalLoans view, Add<Ledger> ledger,
                     Out<NetBorrowing> borrowed);

}  // namespace metier::credit
