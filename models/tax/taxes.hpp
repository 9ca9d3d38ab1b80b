#pragma once
#include "models/accounts.hpp"
#include "models/firms/columns.hpp"
#include "models/households/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/outside/columns.hpp"
#include "models/tax/columns.hpp"
#include "models/tax/params.hpp"
#include "sim/core/step.hpp"
#include "sim/engine/access.hpp"
#include "sim/engine/ledger.hpp"

namespace metier::tax {

struct FirmTaxes {
  In<firms::SalesCents> sales;
  In<firms::PurchasesCents> purchases;
  In<io::InputTaxCents> input_tax;
  In<firms::WageCostCents> wage_cost;
  In<firms::StateAidCents> state_aid;
  In<firms::InterestCents> interest;
  In<firms::Replacement> replacement;
  In<firms::SelfEmployed> owners;
  In<households::Households> cells;
};
/// Production tax on value added and corporate tax on profit, part of the first to the metropolitan authority.
///
/// Equations T_K = tau_K max(0, sales - purchases - taxes on inputs); profit = sales + aid of the State - purchases -
/// taxes on inputs -
///           wage cost - T_K - interest - replacement of capital; T_F = tau_F max(0, profit) for units without a
///           working owner (their profit is mixed income, taxed as income)                      (models/tax/README.md
///           eq. 1, 2)
/// Writes    firm.taxes and firm.profit, the net profit of the month
void tax_firms(const Step& step, const Params& params, FirmTaxes view, Add<Ledger> ledger, Out<firms::TaxCents> taxes,
               Out<firms::ProfitCents> profit);

/// Transfers to households: pensions and other benefits of t = 0 indexed on consumer prices, and unemployment benefit.
///
/// Equation  Tr_c = base_c P + share_c r sum_o U_co w_o, P the consumer price, r = replacement x covered share, U the
///           unemployed of the commune in occupation o, w_o its median wage  (README eq. 3)
void pay_transfers(const Step& step, const Params& params, In<households::BaseTransfers> base,
                   In<households::BenefitShare> share, In<labour::Unemployed> unemployed, In<labour::MedianWage> wage,
                   In<outside::ConsumerPrice> price, Add<Ledger> ledger, Out<households::Transfers> transfers);

/// Income tax of households on wages, capital income and transfers.
void tax_income(const Step& step, const Params& params, In<households::NetWages> wages,
                In<households::CapitalIncome> capital, In<households::Transfers> transfers, Add<Ledger> ledger,
                Out<households::Taxes> taxes);

/// Brings government back to 0 against the rest of France, the national budget; the metropolitan authority hands over
/// what it received as its part of public consumption.
/// Writes    economy.fiscal_transfer: what the nation pays into the territory this month [cent]
void settle_government(const Step& step, In<AccountBalance> balance, Add<Ledger> ledger,
                       Out<outside::FiscalTransfer> transfer);

}  // namespace metier::tax
