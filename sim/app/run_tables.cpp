#include "sim/app/run_tables.hpp"

#include "models/accounts.hpp"
#include "models/firms/columns.hpp"
#include "models/labour/columns.hpp"
#include "models/labour/market.hpp"
#include "sim/core/hash.hpp"
#include "sim/core/parallel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <span>
#include <string_view>

namespace metier::app {

namespace {

using output::Storage;

constexpr const char* kTotals = "ledger/totals";
constexpr const char* kBalances = "ledger/balances";
constexpr const char* kPostings = "ledger/postings";
constexpr const char* kAccounts = "ledger/accounts";
constexpr const char* kQuantiles = "distribution/quantiles";
constexpr const char* kEstablishments = "panel/establishments";
constexpr const char* kPersons = "panel/persons";
constexpr const char* kOffers = "debug/offers";

/// Column C as it is; empty where the model does not have it. Naming a column through the world would create it.
template <Column C>
std::span<const typename C::Value> look(const World& world) {
  const auto found = world.columns().find(C::info.name);
  if (found == world.columns().end()) return {};
  const ColumnStore& store = found->second;
  METIER_REQUIRE(store.value_size() == sizeof(typename C::Value), "type of " + std::string(C::info.name));
  return {reinterpret_cast<const typename C::Value*>(store.bytes().data()), store.rows()};
}

// ---- classes of account: the groups of the ledger, sectors apart --------------------

constexpr std::size_t kSpecials = static_cast<std::size_t>(Special::kCount);
constexpr std::size_t kHouseholdGroup = kSpecials;

/// Numbers with a name; they come first, what is kept for later accounts and flows is not written.
template <class Number>
std::size_t named(std::size_t count) {
  std::size_t n = 0;
  while (n < count && name_of(static_cast<Number>(n)) != "reserved") ++n;
  for (std::size_t rest = n; rest < count; ++rest)
    METIER_REQUIRE(name_of(static_cast<Number>(rest)) == "reserved", "names in use come first");
  return n;
}
const std::size_t kNamedSpecials = named<Special>(kSpecials);
const std::size_t kHouseholds = kNamedSpecials, kDeposits = kNamedSpecials + 1, kLoans = kNamedSpecials + 2;

bool is_used(std::size_t group) { return group < kNamedSpecials || group >= kHouseholdGroup; }

struct ClassAndSector {
  std::int16_t account_class = 0;
  std::int16_t sector = -1;
};

ClassAndSector place_of_group(std::size_t group, std::size_t sectors) {
  if (group < kNamedSpecials) return {static_cast<std::int16_t>(group), -1};
  if (group <= kHouseholdGroup) return {static_cast<std::int16_t>(kHouseholds), -1};
  const std::size_t firm = group - kHouseholdGroup - 1;
  return firm < sectors ? ClassAndSector{static_cast<std::int16_t>(kDeposits), static_cast<std::int16_t>(firm)}
                        : ClassAndSector{static_cast<std::int16_t>(kLoans), static_cast<std::int16_t>(firm - sectors)};
}

struct Labels {
  std::string_view code, en, fr;
};

constexpr Labels kAccountLabels[] = {
    {"bank", "banks", "banques"},
    {"gov", "government and social security", "administrations publiques et sécurité sociale"},
    {"mel", "metropolitan authority", "métropole"},
    {"rof", "rest of France", "reste de la France"},
    {"nwe", "North-West Europe", "Europe du Nord-Ouest"},
    {"row", "rest of the world", "reste du monde"},
    {"clearing_goods", "clearing of intermediate goods", "compensation des consommations intermédiaires"},
    {"clearing_wages", "clearing of wages", "compensation des salaires"},
    {"clearing_consumption", "clearing of household purchases", "compensation des achats des ménages"},
    {"clearing_investment", "clearing of capital goods and dwellings",
     "compensation des biens d'équipement et logements"},
    {"clearing_profits", "clearing of distributed profits", "compensation des profits distribués"},
    {"households", "households", "ménages"},
    {"deposits", "deposits of establishments", "dépôts des établissements"},
    {"loans", "loans of establishments", "emprunts des établissements"},
};

constexpr Labels kFlowLabels[] = {
    {"opening", "opening balances", "soldes d'ouverture"},
    {"wages", "net wages", "salaires nets"},
    {"worker_contributions", "social contributions of workers", "cotisations salariales"},
    {"employer_contributions", "social contributions of employers", "cotisations patronales"},
    {"income_tax", "income tax", "impôt sur le revenu"},
    {"consumption", "purchases of households before VAT", "achats des ménages hors TVA"},
    {"vat", "value added tax", "taxe sur la valeur ajoutée"},
    {"intermediate", "intermediate goods between local establishments",
     "consommations intermédiaires entre établissements locaux"},
    {"imports", "intermediate goods from outside", "consommations intermédiaires venues de l'extérieur"},
    {"exports", "exports", "exportations"},
    {"public_consumption", "public consumption", "consommation publique"},
    {"investment", "capital goods", "biens d'équipement"},
    {"dwellings", "dwellings bought by households", "logements achetés par les ménages"},
    {"outside_assets", "saving placed outside", "épargne placée à l'extérieur"},
    {"input_tax", "taxes less subsidies on inputs", "impôts moins subventions sur les intrants"},
    {"production_tax", "taxes on production", "impôts sur la production"},
    {"corporate_tax", "corporate tax", "impôt sur les sociétés"},
    {"interest", "interest", "intérêts"},
    {"dividends", "dividends", "dividendes"},
    {"mixed_income", "mixed income of working owners", "revenu mixte des indépendants"},
    {"transfers", "pensions and benefits", "pensions et prestations"},
    {"loan", "new loans", "nouveaux emprunts"},
    {"repayment", "repayment of loans", "remboursements d'emprunts"},
    {"settlement", "settlement of government with the outside", "règlement des administrations avec l'extérieur"},
    {"short_time_work", "pay of short-time work by the State", "activité partielle payée par l'État"},
    {"solidarity_fund", "emergency grants of the State", "fonds de solidarité de l'État"},
};

void add_entry(DimensionInfo& dimension, std::string_view name, std::span<const Labels> labels) {
  const auto found = std::ranges::find(labels, name, &Labels::code);
  METIER_REQUIRE(found != labels.end(), "every account and flow has its labels");
  dimension.codes.emplace_back(name);
  dimension.labels_en.emplace_back(found->en);
  dimension.labels_fr.emplace_back(found->fr);
}

DimensionInfo account_classes() {
  DimensionInfo dimension{"account_class", "Class of account", "Catégorie de compte", {}, {}, {}};
  for (std::size_t s = 0; s < kNamedSpecials; ++s)
    add_entry(dimension, name_of(static_cast<Special>(s)), kAccountLabels);
  for (const char* name : {"households", "deposits", "loans"}) add_entry(dimension, name, kAccountLabels);
  return dimension;
}

DimensionInfo flow_kinds() {
  DimensionInfo dimension{"flow_kind", "Kind of flow", "Nature du flux", {}, {}, {}};
  const std::size_t kinds = named<Flow>(static_cast<std::size_t>(Flow::kCount));
  for (std::size_t k = 0; k < kinds; ++k) add_entry(dimension, name_of(static_cast<Flow>(k)), kFlowLabels);
  return dimension;
}

// ---- quantiles --------------------

constexpr std::array<double, 11> kProbabilities{0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0};
enum Quantity : std::int16_t { kWageQuantity, kSizeQuantity, kPriceQuantity, kDurationQuantity, kQuantities };

DimensionInfo quantities() {
  return {"quantity",
          "Quantity whose distribution is described",
          "Grandeur dont la distribution est décrite",
          {"wage", "employees", "price", "months_without_job"},
          {"gross monthly wage of employees here or outside, EUR", "salaried persons per establishment that has any",
           "price of output per active establishment, 1 = 2018", "months without a job of the unemployed (ILO)"},
          {"salaire mensuel brut des salariés, EUR", "salariés par établissement employeur",
           "prix de production par établissement actif, 1 = 2018", "mois sans emploi des chômeurs (BIT)"}};
}

/// Values at the ranks ceil(p n), the smallest and the largest included. Grouped by the upper half of their bits, only
/// the groups in which a rank falls have to be ordered.
std::vector<double> quantiles_of(std::span<const float> values) {
  constexpr std::uint32_t kSign = 0x80000000U;
  const auto group = [&](std::size_t i) {  // ascends with the values: the bits of numbers below zero descend
    const auto bits = std::bit_cast<std::uint32_t>(values[i]);
    return ((bits & kSign) != 0 ? ~bits : bits | kSign) >> 16;
  };
  std::vector<float> grouped(values.size());
  std::vector<std::uint32_t> offsets, counts;
  stable_bucket_put(
      values.size(), std::size_t{1} << 16, group,
      [&](std::uint32_t place, std::size_t i) { grouped[place] = values[i]; }, offsets, counts);
  std::vector<double> result;
  for (const double p : kProbabilities) {
    const auto n = static_cast<double>(values.size());
    const auto rank = static_cast<std::uint32_t>(std::max(1.0, std::ceil(p * n))) - 1;
    const auto end = std::ranges::upper_bound(offsets, rank);
    const auto at = grouped.begin() + rank;
    std::nth_element(grouped.begin() + *std::prev(end), at, grouped.begin() + *end);
    result.push_back(static_cast<double>(*at));
  }
  return result;
}

// ---- panel --------------------

/// Whether the entity of this key is in a sample of this share: the same in every scenario.
bool in_sample(std::uint64_t key, double share) {
  constexpr std::uint64_t kPurpose = 0x70616E656C;  // a stream of its own, apart from every random number of the model
  return static_cast<double>(hash64(key, kPurpose) >> 11) * 0x1p-53 < share;
}

template <class T>
std::span<const T> span_of(const std::vector<T>& values) {
  return values;
}

}  // namespace

// ---- postings --------------------

class RunTables::Postings : public PostingLog {
 public:
  Postings(World& world, output::RunRecorder& recorder) : world_(world), recorder_(recorder) {
    Ledger::keep_postings(world_, this);
  }
  ~Postings() override { Ledger::keep_postings(world_, nullptr); }
  Postings(const Postings&) = delete;
  Postings& operator=(const Postings&) = delete;

  void keep(std::span<const Posting> postings) override {
    if (postings.empty()) return;
    std::vector<std::int16_t> kind;
    std::vector<std::int64_t> debit, credit, cents;
    for (const Posting& posting : postings) {
      kind.push_back(static_cast<std::int16_t>(posting.kind));
      debit.push_back(posting.debit);
      credit.push_back(posting.credit);
      cents.push_back(posting.cents);
    }
    recorder_.append_table(kPostings, postings.front().month,
                           {span_of(kind), span_of(debit), span_of(credit), span_of(cents)});
  }

 private:
  World& world_;
  output::RunRecorder& recorder_;
};

// ---- declarations --------------------

RunTables::RunTables(Model& model, const OutputParams& params) : model_(model), params_(params) {
  const World& world = model.world;
  const bool has_people =
      world.columns().contains(labour::Key::info.name) && world.columns().contains(labour::Wage::info.name);
  const std::string sector = model.indicators.dimension("sector") != nullptr ? "sector" : "";
  const std::string commune = model.indicators.dimension("commune") != nullptr ? "commune" : "";
  const std::string occupation = model.indicators.dimension("occupation") != nullptr ? "occupation" : "";
  if (params.ledger != LedgerOutput::kNone && world.columns().contains(AccountBalance::info.name)) {
    dimensions_.push_back(account_classes());
    dimensions_.push_back(flow_kinds());
    tables_.push_back(
        {kTotals,
         "cents paid and received in the month by a class of accounts; sectors only for establishments",
         {{"account_class", Storage::kInt16, "1", "class of account", "account_class"},
          {"sector", Storage::kInt16, "1", "sector of the establishments; -1: not of establishments", sector},
          {"flow_kind", Storage::kInt16, "1", "kind of flow", "flow_kind"},
          {"paid", Storage::kInt64, "cent", "cents that left the accounts", ""},
          {"received", Storage::kInt64, "cent", "cents that came to the accounts", ""}}});
    tables_.push_back(
        {kBalances,
         "balance of a class of accounts at the end of the month: owned positive, owed negative",
         {{"account_class", Storage::kInt16, "1", "class of account", "account_class"},
          {"sector", Storage::kInt16, "1", "sector of the establishments; -1: not of establishments", sector},
          {"balance", Storage::kInt64, "cent", "sum of the balances", ""}}});
    if (params.ledger == LedgerOutput::kPostings) {
      tables_.push_back({kAccounts,
                         "balance of every account at t = 0 and at the end of the run",
                         {{"account", Storage::kInt64, "1", "number of the account", ""},
                          {"account_class", Storage::kInt16, "1", "class of account", "account_class"},
                          {"sector", Storage::kInt16, "1", "sector of the establishment; -1: not of one", sector},
                          {"balance", Storage::kInt64, "cent", "owned positive, owed negative", ""}}});
      tables_.push_back({kPostings,
                         "every posting of the month, in the order of posting",
                         {{"flow_kind", Storage::kInt16, "1", "kind of flow", "flow_kind"},
                          {"debit", Storage::kInt64, "1", "account that pays", ""},
                          {"credit", Storage::kInt64, "1", "account that receives", ""},
                          {"cents", Storage::kInt64, "cent", "cents moved", ""}}});
    }
  }
  const bool has_firms =
      world.columns().contains(firms::Key::info.name) && world.columns().contains(firms::Price::info.name);
  if (params.distributions == PeriodOutput::kAll && (has_people || has_firms)) {
    dimensions_.push_back(quantities());
    tables_.push_back(
        {kQuantiles,
         "quantiles over people and establishments, at t = 0 and at the end of every year",
         {{"quantity", Storage::kInt16, "1", "what is distributed", "quantity"},
          {"probability", Storage::kFloat64, "1", "share of the values that do not exceed the quantile", ""},
          {"value", Storage::kFloat64, "1", "quantile, in the unit of the quantity", ""},
          {"count", Storage::kInt64, "1", "values in the distribution", ""}}});
  }
  if (params.panel_share > 0.0 && has_firms && !commune.empty()) {
    tables_.push_back({kEstablishments,
                       "a sample of establishments by their keys, at t = 0 and at the end of every quarter",
                       {{"key", Storage::kUInt64, "1", "lasting key, the same in every scenario", ""},
                        {"commune", Storage::kInt16, "1", "commune", commune},
                        {"sector", Storage::kInt16, "1", "sector", sector},
                        {"state", Storage::kInt16, "1", "0 active, 1 dormant, 2 insolvent, 3 closed", ""},
                        {"employees", Storage::kInt32, "person", "salaried persons", ""},
                        {"self_employed", Storage::kInt32, "person", "working owners", ""},
                        {"output", Storage::kFloat32, "kEUR", "output of the month at 2018 prices", ""},
                        {"orders", Storage::kFloat32, "kEUR", "orders received in the month at 2018 prices", ""},
                        {"price", Storage::kFloat32, "1", "price of output, 1 = 2018", ""},
                        {"capital", Storage::kFloat32, "kEUR", "physical capital at 2018 prices", ""},
                        {"bound_by", Storage::kInt16, "1",
                         "what limited output: 0 demand, 1 labour, 2 capital, 3 input, 4 energy", ""},
                        {"profit", Storage::kInt64, "cent", "net profit of the month", ""}}});
  }
  if (params.panel_share > 0.0 && has_people && !commune.empty()) {
    tables_.push_back(
        {kPersons,
         "a sample of the labour force by keys, at t = 0 and at the end of every year",
         {{"key", Storage::kUInt64, "1", "lasting key, the same in every scenario", ""},
          {"home", Storage::kInt16, "1", "commune of residence, or number of communes + external zone", ""},
          {"occupation", Storage::kInt16, "1", "occupation", occupation},
          {"age", Storage::kInt16, "1", "age in completed years", ""},
          {"status", Storage::kInt16, "1",
           "1 employed, 2 self-employed, 3 unemployed, 4 halo, 5 training, 6 inactive, 7 student, 8 retired", ""},
          {"workplace", Storage::kInt16, "1", "commune of the job; -1: none here", commune},
          {"sector", Storage::kInt16, "1", "sector of the job; -1: none here", sector},
          {"wage", Storage::kInt32, "cent", "gross monthly wage", ""},
          {"duration", Storage::kInt16, "1", "months without a job", ""}}});
  }
  if (model.params.labour.keep_offers) {
    tables_.push_back(
        {kOffers,
         "pairs of the labour market: the post found the applicant suitable, the applicant would take the post",
         {{"vacancy", Storage::kUInt64, "1", "lasting key of the post", ""},
          {"person", Storage::kUInt64, "1", "lasting key of the applicant", ""},
          {"round", Storage::kInt16, "1", "round of the month, from 0", ""},
          {"fit", Storage::kFloat64, "1", "the post prefers more", ""},
          {"utility", Storage::kFloat64, "1", "the applicant prefers more", ""},
          {"lot", Storage::kInt64, "1", "smaller goes first among equals, then the smaller key", ""},
          {"matched", Storage::kInt16, "1", "1: this pair was matched", ""}}});
  }
}

RunTables::~RunTables() = default;

bool RunTables::has(const std::string& table) const {
  return std::ranges::find(tables_, table, &output::OutputTable::name) != tables_.end();
}

std::size_t RunTables::sectors() const { return model_.world.rows_of(firms::Sector::info.name); }

void RunTables::keep_postings(output::RunRecorder& recorder) {
  if (has(kPostings)) postings_ = std::make_unique<Postings>(model_.world, recorder);
}

void RunTables::append(output::RunRecorder& recorder, int month) const {
  const output::TimeAxis axis(model_.params.run.start);
  if (has(kTotals)) append_ledger(recorder, month);
  const bool year = month == 0 || axis.ends_period(Frequency::kAnnual, month);
  if (year && has(kQuantiles)) append_quantiles(recorder, month);
  if (has(kEstablishments) && (month == 0 || axis.ends_period(Frequency::kQuarterly, month)))
    append_establishments(recorder, month);
  if (year && has(kPersons)) append_persons(recorder, month);
  if (month > 0 && has(kOffers)) append_offers(recorder, month);
}

void RunTables::append_offers(output::RunRecorder& recorder, int month) const {
  std::vector<std::uint64_t> vacancy, person;
  std::vector<std::int16_t> round, matched;
  std::vector<double> fit, utility;
  std::vector<std::int64_t> lot;
  for (const labour::Offer& offer : model_.world.scratch<labour::Market>().offers) {
    vacancy.push_back(offer.vacancy);
    person.push_back(offer.person);
    round.push_back(static_cast<std::int16_t>(offer.round));
    fit.push_back(offer.fit);
    utility.push_back(offer.utility);
    lot.push_back(offer.lot);
    matched.push_back(static_cast<std::int16_t>(offer.matched));
  }
  recorder.append_table(kOffers, month,
                        {span_of(vacancy), span_of(person), span_of(round), span_of(fit), span_of(utility),
                         span_of(lot), span_of(matched)});
}

// ---- rows --------------------

void RunTables::append_ledger(output::RunRecorder& recorder, int month) const {
  const World& world = model_.world;
  const auto balance = look<AccountBalance>(world);
  const auto group = look<AccountGroup>(world);
  const auto paid = look<FlowPaid>(world), received = look<FlowReceived>(world);
  const auto groups = look<LedgerGroups>(world);
  const auto kinds = look<LedgerKinds>(world);
  if (groups.empty() || kinds.empty()) return;
  std::vector<std::int16_t> account_class, sector, kind;
  std::vector<std::int64_t> out, in;
  if (month > 0) {
    for (std::size_t row = 0; row < paid.size(); ++row) {
      if (paid[row] == 0 && received[row] == 0) continue;
      const ClassAndSector place = place_of_group(row / kinds[0], sectors());
      account_class.push_back(place.account_class);
      sector.push_back(place.sector);
      kind.push_back(static_cast<std::int16_t>(row % kinds[0]));
      out.push_back(paid[row]);
      in.push_back(received[row]);
    }
    recorder.append_table(kTotals, month,
                          {span_of(account_class), span_of(sector), span_of(kind), span_of(out), span_of(in)});
  }
  if (has(kAccounts) && (month == 0 || month == model_.params.run.months)) append_accounts(recorder, month);
  std::vector<std::int64_t> sums(groups[0], 0);
  PrivateSums<std::int64_t> by_group;
  by_group.reset(sums.size());
  for_each_block(balance.size(), kRowBlock, [&](std::size_t, std::size_t begin, std::size_t end) {
    const std::span<std::int64_t> mine = by_group.mine();
    for (std::size_t a = begin; a < end; ++a) mine[group[a]] += balance[a];
  });
  by_group.add_to(std::span(sums));
  account_class.clear();
  sector.clear();
  std::vector<std::int64_t> used;
  for (std::size_t g = 0; g < sums.size(); ++g) {
    if (!is_used(g)) continue;
    used.push_back(sums[g]);
    const ClassAndSector place = place_of_group(g, sectors());
    account_class.push_back(place.account_class);
    sector.push_back(place.sector);
  }
  recorder.append_table(kBalances, month, {span_of(account_class), span_of(sector), span_of(used)});
}

void RunTables::append_accounts(output::RunRecorder& recorder, int month) const {
  const auto balance = look<AccountBalance>(model_.world);
  const auto group = look<AccountGroup>(model_.world);
  std::vector<std::int64_t> account, owned;
  std::vector<std::int16_t> account_class, sector;
  for (std::size_t a = 0; a < balance.size(); ++a) {
    if (!is_used(group[a])) continue;
    owned.push_back(balance[a]);
    const ClassAndSector place = place_of_group(group[a], sectors());
    account.push_back(static_cast<std::int64_t>(a));
    account_class.push_back(place.account_class);
    sector.push_back(place.sector);
  }
  recorder.append_table(kAccounts, month, {span_of(account), span_of(account_class), span_of(sector), span_of(owned)});
}

void RunTables::append_quantiles(output::RunRecorder& recorder, int month) const {
  const World& world = model_.world;
  std::array<std::vector<float>, kQuantities> values;
  const auto wage = look<labour::Wage>(world);
  const auto status = look<labour::StatusOf>(world);
  const auto duration = look<labour::Duration>(world);
  values[kWageQuantity].reserve(wage.size());
  for (std::size_t h = 0; h < std::min(wage.size(), status.size()); ++h) {
    if (status[h] == labour::Status::kEmployed) values[kWageQuantity].push_back(static_cast<float>(wage[h]) * 0.01F);
    if (status[h] == labour::Status::kUnemployed && h < duration.size())
      values[kDurationQuantity].push_back(duration[h]);
  }
  const auto employees = look<firms::Employees>(world);
  const auto price = look<firms::Price>(world);
  const auto state = look<firms::StateOf>(world);
  for (std::size_t i = 1; i < employees.size(); ++i) {
    if (employees[i] > 0) values[kSizeQuantity].push_back(static_cast<float>(employees[i]));
  }
  for (std::size_t i = 1; i < price.size(); ++i) {
    if (i >= state.size() || state[i] == firms::State::kActive)
      values[kPriceQuantity].push_back(static_cast<float>(price[i]));
  }
  std::vector<std::int16_t> quantity;
  std::vector<double> probability, value;
  std::vector<std::int64_t> count;
  std::array<std::vector<double>, kQuantities> at_of;
  for_each_item(values.size(), [&](std::size_t q) {
    if (!values[q].empty()) at_of[q] = quantiles_of(values[q]);
  });
  for (std::size_t q = 0; q < values.size(); ++q) {
    const std::vector<double>& at = at_of[q];
    for (std::size_t k = 0; k < at.size(); ++k) {
      quantity.push_back(static_cast<std::int16_t>(q));
      probability.push_back(kProbabilities[k]);
      value.push_back(at[k]);
      count.push_back(static_cast<std::int64_t>(values[q].size()));
    }
  }
  recorder.append_table(kQuantiles, month, {span_of(quantity), span_of(probability), span_of(value), span_of(count)});
}

void RunTables::append_establishments(output::RunRecorder& recorder, int month) const {
  const World& world = model_.world;
  const auto key = look<firms::Key>(world);
  const auto commune_of = look<firms::CommuneOf>(world);
  const auto sector_of = look<firms::SectorOf>(world);
  const auto state_of = look<firms::StateOf>(world);
  const auto employees_of = look<firms::Employees>(world), owners_of = look<firms::SelfEmployed>(world);
  const auto output_of = look<firms::Output>(world), orders_of = look<firms::Orders>(world),
             price_of = look<firms::Price>(world), capital_of = look<firms::Capital>(world);
  const auto bound_of = look<firms::BoundBy>(world);
  const auto profit_of = look<firms::ProfitCents>(world);
  const auto number = [](std::span<const double> column, std::size_t row) {
    return column.empty() ? 0.0F : static_cast<float>(column[row]);
  };
  std::vector<std::uint64_t> keys;
  std::vector<std::int16_t> commune, sector, state, bound;
  std::vector<std::int32_t> employees, owners;
  std::vector<float> produced, orders, price, capital;
  std::vector<std::int64_t> profit;
  for (std::size_t i = 1; i < key.size(); ++i) {
    if (!in_sample(key[i], params_.panel_share)) continue;
    keys.push_back(key[i]);
    commune.push_back(static_cast<std::int16_t>(commune_of.empty() ? -1 : commune_of[i]));
    sector.push_back(static_cast<std::int16_t>(sector_of.empty() ? -1 : sector_of[i]));
    state.push_back(static_cast<std::int16_t>(state_of.empty() ? firms::State::kActive : state_of[i]));
    employees.push_back(employees_of.empty() ? 0 : employees_of[i]);
    owners.push_back(owners_of.empty() ? 0 : owners_of[i]);
    produced.push_back(number(output_of, i));
    orders.push_back(number(orders_of, i));
    price.push_back(number(price_of, i));
    capital.push_back(number(capital_of, i));
    bound.push_back(static_cast<std::int16_t>(bound_of.empty() ? firms::Bound::kDemand : bound_of[i]));
    profit.push_back(profit_of.empty() ? 0 : profit_of[i]);
  }
  recorder.append_table(
      kEstablishments, month,
      {span_of(keys), span_of(commune), span_of(sector), span_of(state), span_of(employees), span_of(owners),
       span_of(produced), span_of(orders), span_of(price), span_of(capital), span_of(bound), span_of(profit)});
}

void RunTables::append_persons(output::RunRecorder& recorder, int month) const {
  const World& world = model_.world;
  const auto key = look<labour::Key>(world);
  const auto home_of = look<labour::Home>(world), occupation_of = look<labour::OccupationOf>(world),
             age_of = look<labour::Age>(world), duration_of = look<labour::Duration>(world);
  const auto status_of = look<labour::StatusOf>(world);
  const auto employer_of = look<labour::Employer>(world);
  const auto wage_of = look<labour::Wage>(world);
  const auto commune_of = look<firms::CommuneOf>(world);
  const auto sector_of = look<firms::SectorOf>(world);
  const auto small = [](std::span<const std::uint8_t> column, std::size_t row) {
    return static_cast<std::int16_t>(column.empty() ? -1 : column[row]);
  };
  std::vector<std::uint64_t> keys;
  std::vector<std::int16_t> home, occupation, age, status, workplace, sector, duration;
  std::vector<std::int32_t> wage;
  for (std::size_t h = 0; h < key.size(); ++h) {
    if (status_of[h] == labour::Status::kAbsent || !in_sample(key[h], params_.panel_share)) continue;
    const Row employer = employer_of.empty() ? firms::kNoFirm : employer_of[h];
    const bool here = employer != firms::kNoFirm && employer < commune_of.size();
    keys.push_back(key[h]);
    home.push_back(small(home_of, h));
    occupation.push_back(small(occupation_of, h));
    age.push_back(small(age_of, h));
    status.push_back(static_cast<std::int16_t>(status_of[h]));
    workplace.push_back(static_cast<std::int16_t>(here ? commune_of[employer] : -1));
    sector.push_back(static_cast<std::int16_t>(here && !sector_of.empty() ? sector_of[employer] : -1));
    wage.push_back(wage_of[h]);
    duration.push_back(small(duration_of, h));
  }
  recorder.append_table(kPersons, month,
                        {span_of(keys), span_of(home), span_of(occupation), span_of(age), span_of(status),
                         span_of(workplace), span_of(sector), span_of(wage), span_of(duration)});
}

}  // namespace metier::app
