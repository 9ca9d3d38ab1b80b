#include "models/households/indicators.hpp"

#include "models/households/columns.hpp"
#include "models/outside/columns.hpp"
#include "models/retail/columns.hpp"
#include "sim/core/math.hpp"

#include <algorithm>

namespace metier::households {

namespace {

constexpr double kEuroPerCent = 0.01;

void consumption(In<Spent> spent, Cells cells) {
  std::fill(cells.begin(), cells.end(), 0.0);
  for (std::size_t c = 0; c < spent.size(); ++c) cells[c / kQuintiles] += static_cast<double>(spent[c]) * kEuroPerCent;
}
void disposable_income(In<Income> income, Cells cells) {
  std::fill(cells.begin(), cells.end(), 0.0);
  for (std::size_t c = 0; c < income.size(); ++c)
    cells[c / kQuintiles] += static_cast<double>(income[c]) * kEuroPerCent;
}
void consumption_by_category(In<retail::Spending> spending, Cells cells) {
  std::fill(cells.begin(), cells.end(), 0.0);
  for (std::size_t k = 0; k < spending.size(); ++k) cells[k % cells.size()] += spending[k];
}
template <class Part>
void share_by(std::size_t categories, bool by_commune, In<retail::Spending> spending, Part&& part, Cells cells) {
  std::vector<double> all(cells.size(), 0.0), kept(cells.size(), 0.0);
  for (std::size_t k = 0; k < spending.size(); ++k) {
    const std::size_t cell = by_commune ? k / categories : k % categories;
    all[cell] += spending[k];
    kept[cell] += part[k];
  }
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    if (all[cell] > 0.0) cells[cell] = kept[cell] / all[cell];
  }
}
void retail_capture_share(In<retail::CategorySpending> categories, In<retail::Spending> spending,
                          In<retail::Captured> captured, Cells cells) {
  share_by(categories.size(), true, spending, captured, cells);
}
void retail_capture_share_by_category(In<retail::CategorySpending> categories, In<retail::Spending> spending,
                                      In<retail::Captured> captured, Cells cells) {
  share_by(categories.size(), false, spending, captured, cells);
}
void retail_own_commune_share(In<retail::CategorySpending> categories, In<retail::Spending> spending,
                              In<retail::CapturedAtHome> captured, Cells cells) {
  share_by(categories.size(), true, spending, captured, cells);
}
void net_fiscal_transfer(In<outside::FiscalTransfer> transfer, Cells cells) {
  cells[0] = static_cast<double>(transfer[0]) * kEuroPerCent;
}
void consumer_price(In<outside::ConsumerPrice> price, Cells cells) { cells[0] = price[0]; }

/// Theil index between communes: sum_c (income share) ln(income share / population share).
void theil_between(In<Income> income, In<Inhabitants> people, Cells cells) {
  double all_income = 0.0, all_people = 0.0;
  for (std::size_t c = 0; c < income.size(); ++c) {
    all_income += static_cast<double>(income[c]);
    all_people += people[c];
  }
  if (all_income <= 0.0 || all_people <= 0.0) return;
  double theil = 0.0;
  for (std::size_t commune = 0; commune < income.size() / kQuintiles; ++commune) {
    double y = 0.0, n = 0.0;
    for (std::size_t q = 0; q < kQuintiles; ++q) {
      y += static_cast<double>(income[commune * kQuintiles + q]);
      n += people[commune * kQuintiles + q];
    }
    if (y > 0.0 && n > 0.0) theil += y / all_income * math::log(y / all_income / (n / all_people));
  }
  cells[0] = theil;
}

/// Theil index inside communes, between their income quintiles: sum_c (income share) T_c with
/// T_c = sum_q (share of q in the income of c) ln(that share / share of q in the people of c).
void theil_within(In<Income> income, In<Inhabitants> people, Cells cells) {
  double all_income = 0.0, theil = 0.0;
  for (std::size_t k = 0; k < income.size(); ++k) all_income += static_cast<double>(income[k]);
  if (all_income <= 0.0) return;
  for (std::size_t begin = 0; begin + kQuintiles <= income.size(); begin += kQuintiles) {
    double of_commune = 0.0, in_commune = 0.0;
    for (std::size_t k = begin; k < begin + kQuintiles; ++k) {
      of_commune += static_cast<double>(income[k]);
      in_commune += people[k];
    }
    for (std::size_t k = begin; k < begin + kQuintiles; ++k) {
      const auto y = static_cast<double>(income[k]);
      if (y > 0.0 && people[k] > 0.0) theil += y / all_income * math::log(y / of_commune / (people[k] / in_commune));
    }
  }
  cells[0] = theil;
}

}  // namespace

void add_indicators(IndicatorSet& set, const Params& params) {
  const bool spend = params.mode != Mode::kNone;
  if (spend) {
    set.add({.name = "consumption",
             .code = "PX-09",
             .observatory = "OP",
             .unit = "EUR",
             .dims = {"commune"},
             .measure = Measure::kFlow,
             .meaning = "consumption of residents by place of residence, VAT included",
             .meaning_fr = "consommation des résidents selon le lieu de résidence, TVA comprise"},
            &consumption);
  }
  if (spend) {
    set.add({.name = "consumption_by_category",
             .code = "PX-09",
             .observatory = "OP",
             .unit = "EUR",
             .dims = {"category"},
             .measure = Measure::kFlow,
             .meaning = "spending of residents in retail categories, before VAT, all channels",
             .meaning_fr = "dépenses des résidents par catégorie de commerce, hors TVA, tous canaux"},
            &consumption_by_category);
  }
  set.add({.name = "disposable_income",
           .code = "IG-01",
           .observatory = "OE",
           .unit = "EUR",
           .dims = {"commune"},
           .measure = Measure::kFlow,
           .meaning = "disposable income of residents",
           .meaning_fr = "revenu disponible des résidents"},
          &disposable_income);
  if (spend) {
    set.add({.name = "retail_capture_share",
             .code = "PX-01",
             .observatory = "OP",
             .unit = "1",
             .dims = {"commune"},
             .measure = Measure::kMean,
             .meaning = "retail spending of residents kept by outlets of the territory",
             .meaning_fr = "part des dépenses de commerce des résidents captée par les points de vente du territoire"},
            &retail_capture_share);
  }
  if (spend) {
    set.add({.name = "retail_capture_share_by_category",
             .code = "PX-01",
             .observatory = "OP",
             .unit = "1",
             .dims = {"category"},
             .measure = Measure::kMean,
             .meaning = "retail spending of residents kept by outlets of the territory, by category",
             .meaning_fr = "part des dépenses de commerce captée par le territoire, par catégorie"},
            &retail_capture_share_by_category);
  }
  if (spend) {
    set.add({.name = "retail_own_commune_share",
             .code = "PX-01",
             .observatory = "OP",
             .unit = "1",
             .dims = {"commune"},
             .measure = Measure::kMean,
             .meaning = "retail spending of residents kept by outlets of their own commune",
             .meaning_fr = "part des dépenses de commerce captée par la commune de résidence"},
            &retail_own_commune_share);
  }
  set.add({.name = "theil_income_between_communes",
           .code = "IG-01",
           .observatory = "OE",
           .unit = "1",
           .measure = Measure::kMean,
           .total = true,
           .meaning = "Theil index of disposable income per inhabitant between communes",
           .meaning_fr = "indice de Theil du revenu disponible par habitant entre communes"},
          &theil_between);
  set.add({.name = "theil_income_within_communes",
           .code = "IG-01",
           .observatory = "OE",
           .unit = "1",
           .measure = Measure::kMean,
           .total = true,
           .meaning = "Theil index of disposable income per inhabitant inside communes, between the quintiles of t = 0",
           .meaning_fr =
               "indice de Theil du revenu disponible par habitant au sein des communes, entre quintiles de t = 0"},
          &theil_within);
  set.add({.name = "net_fiscal_transfer",
           .code = "TB-06",
           .observatory = "TB",
           .unit = "EUR",
           .measure = Measure::kFlow,
           .total = true,
           .meaning = "paid by the national budget to close the accounts of government in the territory, all levels "
                      "together: their accounts are one, and the metropolitan authority spends what it receives",
           .meaning_fr = "versé par le budget national pour équilibrer les comptes publics du territoire, tous niveaux "
                         "ensemble : leur compte est unique et la métropole dépense ce qu'elle reçoit"},
          &net_fiscal_transfer);
  set.add({.name = "consumer_price",
           .code = "",
           .observatory = "TB",
           .unit = "1",
           .total = true,
           .meaning = "price of the households' basket before VAT, 2018 = 1",
           .meaning_fr = "prix du panier des ménages hors TVA, 2018 = 1"},
          &consumer_price);
}

}  // namespace metier::households
