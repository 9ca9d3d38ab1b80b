#include "models/synthesis/user_table.hpp"

#include "models/firms/columns.hpp"
#include "models/io/columns.hpp"
#include "models/io/params.hpp"
#include "models/io/table_rules.hpp"
#include "sim/core/csv.hpp"
#include "sim/core/world.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace metier::synthesis {

namespace {

constexpr std::size_t kFewest = 2, kMost = 500;  // labels
constexpr double kLargest = 1e300;               // no limit of our own
constexpr double kMostStockMonths = 1200.0;
constexpr double kMostLinks = 50e6;  // 1.5 GB
constexpr double kYear = 12.0;       // months

enum class ShockKind { kCapacity, kFinalDemand, kPrice, kValueAdded, kImportFill };
struct KindRule {
  std::string_view name;
  double lo, hi;
  std::string_view meaning;
};
constexpr KindRule kKinds[] = {{"capacity", 0.0, 1.0, "the share of capacity lost"},
                               {"final_demand", 0.0, 1e9, "a factor"},
                               {"price", 1e-9, 1e9, "a factor"},
                               {"value_added", 0.0, 1e9, "a factor"},
                               {"import_fill", 0.0, 1.0, "the share delivered"}};

SquareMatrix square_of(const CsvMatrix& matrix, std::size_t n, double otherwise) {
  SquareMatrix square(n, otherwise);
  if (matrix.rows.size() == n && matrix.columns.size() == n) square.cells = matrix.values;
  return square;
}

/// Reads all files; problems gather in one list.
class Reader {
 public:
  Reader(const io::Params& params, const UserTableChoice& choice, Problems& problems)
      : io_(params), files_(params.table), choice_(choice), problems_(problems) {}

  UserTable read() {
    const std::size_t before = problems_.size();
    read_coefficients();
    if (out_.labels.empty()) {
      read_the_others();
      return std::move(out_);
    }
    const std::size_t n = out_.size();
    if (files_.establishments_per_sector > 1 && links() > kMostLinks) {
      problems_.add(
          files_.table.place,
          fmt::format("{} labels and io.establishments_per_sector {} make {:.0f} supply links, allowed {:.0f}", n,
                      files_.establishments_per_sector, links(), kMostLinks),
          "fewer establishments per sector");
    }
    out_.labour = vector_of(files_.labour, 0.0, 0.0, kLargest);
    out_.consumption = vector_of(files_.consumption, 0.0, 0.0, kLargest);
    regionalise_table();
    read_matrices();
    read_paths();
    read_shocks();
    if (files_.initial_output.given()) {
      out_.initial_output = vector_of(files_.initial_output, 0.0, 0.0, kLargest);
      for (double& x : out_.initial_output) x /= kYear;
    }
    if (problems_.size() == before) solve_start();
    return std::move(out_);
  }

 private:
  [[nodiscard]] double links() const {
    const double sellers = static_cast<double>(out_.size()) * files_.establishments_per_sector;
    return sellers * sellers;
  }

  /// Without labels nothing else can be put in order: only what is no CSV is told.
  void read_the_others() {
    for (const InputFile* file : user_table_files(io_)) {
      if (file != &files_.table && file->given()) read_csv(file->path, problems_);
    }
  }

  [[nodiscard]] std::vector<double> vector_of(const InputFile& file, double otherwise, double lo, double hi) {
    if (!file.given()) return std::vector<double>(out_.size(), otherwise);
    return read_vector(file.path, out_.labels, problems_, lo, hi);
  }

  /// A matrix with the labels of the table, in its order.
  [[nodiscard]] CsvMatrix matrix_of(const InputFile& file, double lo, double hi) {
    CsvMatrix matrix = read_matrix(file.path, true, problems_, lo, hi);
    if (!matrix.columns.empty() && matrix.columns != out_.labels) {
      problems_.add({file.path, 1, 1}, "the labels of its columns are not those of io.table, in its order",
                    fmt::format("labels there: {}", fmt::join(out_.labels, ", ")));
    }
    return matrix;
  }

  void read_coefficients() {
    const CsvMatrix table = read_matrix(files_.table.path, true, problems_, 0.0, kLargest);
    const std::size_t n = table.columns.size();
    if (table.table.columns() > 0 && (n < kFewest || n > kMost)) {
      problems_.add({files_.table.path, 1, 1}, fmt::format("has {} labels, allowed {} to {}", n, kFewest, kMost),
                    "header row and first column bear the labels, in one order");
      return;
    }
    out_.labels = table.columns;
    out_.inputs = square_of(table, n, 0.0);
    if (n == 0) return;
    const bool flows = files_.kind == io::TableKind::kFlows;
    const std::vector<double> output = vector_of(files_.output, 1.0, 0.0, kLargest);
    for (std::size_t j = 0; j < n; ++j) {
      const double used = out_.inputs.column_sum(j);
      const double made = flows ? output[j] : 1.0;
      if (used > 0.0 && used >= made) {
        problems_.add(table.column_place(j),
                      flows ? fmt::format("the inputs of '{}' are {}, its output {}; they must be less", out_.labels[j],
                                          used, made)
                            : fmt::format("the inputs of '{}' sum to {} per unit of output, they must be less than 1",
                                          out_.labels[j], used),
                      flows ? "is io.output in the unit and period of the table?"
                            : "rows supply, columns use; values instead of coefficients: io.table_kind: flows");
      }
      for (std::size_t g = 0; g < n && flows; ++g)
        out_.inputs.at(g, j) = made > 0.0 ? out_.inputs.at(g, j) / made : 0.0;
    }
  }

  void regionalise_table() {
    out_.local = SquareMatrix(out_.size(), 1.0);
    if (!files_.location_quotients.given()) return;
    const std::vector<double> quotients = vector_of(files_.location_quotients, 1.0, 0.0, 1e9);
    out_.local = local_trade_shares(quotients, files_.employment_share, choice_.flq_delta, choice_.regionalise);
  }

  void read_matrices() {
    const std::size_t n = out_.size();
    out_.criticality = SquareMatrix(n, 1.0);
    if (files_.criticality.given()) {
      const CsvMatrix matrix = matrix_of(files_.criticality, -kLargest, kLargest);  // allowed are three values only
      out_.criticality = square_of(matrix, n, 1.0);
      for (std::size_t k = 0; k < matrix.values.size(); ++k) {
        const double v = matrix.values[k];
        if (v == 0.0 || v == 0.5 || v == 1.0) continue;
        problems_.add(matrix.place(k / matrix.columns.size(), k % matrix.columns.size()),
                      fmt::format("{} is no criticality, allowed: 0, 0.5, 1", v));
      }
    }
    out_.stock_months = SquareMatrix(n, files_.inventory_months.number);
    const InputFile& file = files_.inventory_months.file;
    if (!file.given()) return;
    Problems of_header;
    const CsvTable header = read_csv(file.path, of_header);
    if (header.columns() == 2 && header.find("label") && header.find("value")) {
      const std::vector<double> months = vector_of(file, 0.0, 0.0, kMostStockMonths);
      for (std::size_t g = 0; g < n; ++g) {
        for (std::size_t j = 0; j < n; ++j) out_.stock_months.at(g, j) = months[g];
      }
    } else {
      out_.stock_months = square_of(matrix_of(file, 0.0, kMostStockMonths), n, 0.0);
    }
  }

  [[nodiscard]] std::vector<double> path_of(double value) const {
    return std::vector<double>(out_.months * out_.size(), value);
  }

  void read_paths() {
    const std::size_t n = out_.size();
    out_.months = static_cast<std::size_t>(choice_.months) + 1;
    out_.capacity_loss = path_of(0.0);
    out_.price = path_of(1.0);
    out_.import_fill = path_of(1.0);
    out_.final_demand = path_of(0.0);
    std::vector<double> value_added(n);
    for (std::size_t j = 0; j < n; ++j) value_added[j] = 1.0 - out_.inputs.column_sum(j);
    if (files_.value_added.given()) value_added = vector_of(files_.value_added, 0.0, 0.0, kLargest);
    for (std::size_t t = 0; t < out_.months; ++t)
      out_.value_added.insert(out_.value_added.end(), value_added.begin(), value_added.end());
    read_final_demand();
  }

  /// The label of a row, or nothing and a problem.
  [[nodiscard]] std::optional<std::size_t> label_of(const CsvTable& table, const CsvCell& cell) {
    const auto found = std::find(out_.labels.begin(), out_.labels.end(), cell.text);
    if (found != out_.labels.end()) return static_cast<std::size_t>(found - out_.labels.begin());
    const std::string near = nearest_name(cell.text, out_.labels);
    problems_.add(table.place(cell), fmt::format("'{}' is not a label of io.table", cell.text),
                  near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    return std::nullopt;
  }

  /// The month of a row, 1 or more.
  [[nodiscard]] std::optional<std::size_t> month_of(const CsvTable& table, const CsvCell& cell) {
    const auto month = parse_number(cell.text);
    if (month && *month >= 1.0 && *month <= 1e6 && *month == std::floor(*month))
      return static_cast<std::size_t>(*month);
    problems_.add(table.place(cell), fmt::format("'{}' is not a month of the run", cell.text),
                  "a whole number; 1 is the first simulated month");
    return std::nullopt;
  }

  void read_final_demand() {
    const CsvTable table = read_csv(files_.final_demand.path, problems_);
    const auto label = table.require("label", problems_), value = table.require("value", problems_);
    if (!label || !value) return;
    const auto month = table.find("month");
    const double per_month = files_.final_demand_per == io::Period::kYear ? kYear : 1.0;
    std::vector<std::map<std::size_t, double>> steps(out_.size());  // month -> value
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto sector = label_of(table, table.at(row, *label));
      const auto from = month ? month_of(table, table.at(row, *month)) : std::size_t{1};
      const double demand = table.number(row, *value, problems_, 0.0, kLargest);
      if (!sector || !from) continue;
      if (!steps[*sector].emplace(*from, demand / per_month).second) {
        problems_.add(table.place(table.at(row, *label)),
                      month ? fmt::format("'{}' stands twice for month {}", out_.labels[*sector], *from)
                            : fmt::format("'{}' stands twice", out_.labels[*sector]));
      }
    }
    for (std::size_t s = 0; s < out_.size(); ++s) {
      if (steps[s].empty()) {
        problems_.add(table.place(), fmt::format("'{}' is missing", out_.labels[s]));
        continue;
      }
      if (const std::size_t first = steps[s].begin()->first; first > 1) {
        problems_.add(table.place(), fmt::format("'{}' has no value before month {}", out_.labels[s], first),
                      "give one for month 1");
        continue;
      }
      for (std::size_t t = 0; t < out_.months; ++t) {
        const auto next = steps[s].upper_bound(std::max<std::size_t>(t, 1));
        out_.final_demand[t * out_.size() + s] = std::prev(next)->second;
      }
    }
  }

  [[nodiscard]] std::optional<ShockKind> kind_of(const CsvTable& table, const CsvCell& cell) {
    std::vector<std::string> names;
    for (const KindRule& rule : kKinds) {
      if (rule.name == cell.text) return static_cast<ShockKind>(names.size());
      names.emplace_back(rule.name);
    }
    const std::string near = nearest_name(cell.text, names);
    problems_.add(table.place(cell),
                  fmt::format("'{}' is no kind of shock, allowed: {}", cell.text, fmt::join(names, ", ")),
                  near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    return std::nullopt;
  }

  void read_shocks() {
    if (!files_.shocks.given()) return;
    const CsvTable table = read_csv(files_.shocks.path, problems_);
    const auto month = table.require("month", problems_), label = table.require("label", problems_),
               kind = table.require("kind", problems_), value = table.require("value", problems_);
    if (!month || !label || !kind || !value) return;
    std::set<std::tuple<std::size_t, std::size_t, ShockKind>> seen;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const auto when = month_of(table, table.at(row, *month));
      const auto sector = label_of(table, table.at(row, *label));
      const auto what = kind_of(table, table.at(row, *kind));
      if (!what) {
        table.number(row, *value, problems_);
        continue;
      }
      const KindRule& rule = kKinds[static_cast<std::size_t>(*what)];
      const double size = table.number(row, *value, problems_, rule.lo, rule.hi);
      if (*what == ShockKind::kImportFill && !files_.location_quotients.given()) {
        problems_.add(table.place(table.at(row, *kind)), "'import_fill' acts on nothing: all inputs are bought here",
                      "io.location_quotients says what is bought outside");
      }
      if (!when || !sector) continue;
      if (!seen.emplace(*when, *sector, *what).second) {
        problems_.add(table.place(table.at(row, *month)),
                      fmt::format("month {}, '{}', {} stands twice", *when, out_.labels[*sector], rule.name));
        continue;
      }
      if (*when < out_.months) act(*what, *when * out_.size() + *sector, size);
    }
  }

  /// Factors act on the original value; a row holds in its month only.
  void act(ShockKind kind, std::size_t at, double size) {
    switch (kind) {
      case ShockKind::kCapacity: out_.capacity_loss[at] = size; break;
      case ShockKind::kFinalDemand: out_.final_demand[at] *= size; break;
      case ShockKind::kPrice: out_.price[at] = size; break;
      case ShockKind::kValueAdded: out_.value_added[at] *= size; break;
      case ShockKind::kImportFill: out_.import_fill[at] = size; break;
    }
  }

  /// x(0), unless it is given; the closure of households must leave the economy finite.
  void solve_start() {
    const std::size_t n = out_.size();
    SquareMatrix spent(n);  // a^L + s c w'
    for (std::size_t g = 0; g < n; ++g) {
      for (std::size_t j = 0; j < n; ++j) {
        spent.at(g, j) =
            out_.local.at(g, j) * out_.inputs.at(g, j) + choice_.spend_income * out_.consumption[g] * out_.labour[j];
      }
    }
    bool small = true;
    for (std::size_t j = 0; j < n; ++j) small = small && spent.column_sum(j) < 1.0;
    if (!small) {
      const double radius = spectral_radius(spent);
      if (radius >= 1.0) {
        problems_.add({files_.labour.path, 1, 1},
                      fmt::format("households that spend this income make output grow without end: spectral radius {} "
                                  "of inputs and consumption, it must be less than 1",
                                  radius),
                      "lower io.labour, io.consumption or households.spend_income");
        return;
      }
    }
    if (files_.initial_output.given()) return;
    for (double& cell : spent.cells) cell = -cell;
    for (std::size_t g = 0; g < n; ++g) spent.at(g, g) += 1.0;
    // Month 0 of the path: the first final demand without the shocks of month 1.
    out_.initial_output = solve(
        std::move(spent), {out_.final_demand.begin(), out_.final_demand.begin() + static_cast<std::ptrdiff_t>(n)});
  }

  const io::Params& io_;
  const io::TableParams& files_;
  const UserTableChoice& choice_;
  Problems& problems_;
  UserTable out_;
};

template <class C, class Value>
void fill_column(World& world, Value value) {
  const auto column = world.column<C>();
  std::fill(column.begin(), column.end(), static_cast<typename C::Value>(value));
}

template <class C>
void put(World& world, const std::vector<double>& values) {
  std::copy(values.begin(), values.end(), world.column<C>().begin());
}

/// What establishments hold before their inputs.
void build_establishments_of(const UserTable& table, const io::Params& params, World& world) {
  const auto members = static_cast<std::size_t>(params.table.establishments_per_sector);
  const double share = 1.0 / static_cast<double>(members);
  world.set_rows<firms::Firm>(1 + table.size() * members);
  world.set_rows<firms::Sector>(table.size());
  world.set_rows<io::Good>(table.size());
  for (std::size_t s = 0; s < table.size(); ++s) {
    world.column<firms::SectorGood>()[s] = static_cast<std::uint16_t>(s);
    for (std::size_t i = 1 + s * members; i < 1 + (s + 1) * members; ++i) {
      const double x0 = table.initial_output[s] * share;
      world.column<firms::Key>()[i] = i;
      world.column<firms::SectorOf>()[i] = world.column<firms::GoodOf>()[i] = static_cast<std::uint16_t>(s);
      world.column<io::InitialOutput>()[i] = world.column<io::DesiredOutput>()[i] = x0;
      world.column<io::StaffedOutput>()[i] = x0;
      world.column<firms::Orders>()[i] = world.column<firms::ExpectedDemand>()[i] = x0;
      world.column<firms::Output>()[i] = x0;
      world.column<firms::OrderExport>()[i] = table.final_demand[s] * share;
      world.column<io::LabourCoefficient>()[i] = table.labour[s];
      world.column<io::ConsumptionShare>()[i] = table.consumption[s] * share;
      world.column<firms::Price>()[i] = 1.0;
      world.column<io::Overproduction>()[i] = params.ario.alpha_base;
    }
  }
  fill_column<firms::FillIntermediate>(world, 1.0);
  fill_column<firms::FillHousehold>(world, 1.0);
  fill_column<firms::FillOther>(world, 1.0);
  fill_column<firms::Fill>(world, 1.0);
  fill_column<io::PriceLevel>(world, 1.0);
  fill_column<io::OutsidePrice>(world, 1.0);
  fill_column<io::ImportFill>(world, 1.0);
}

/// Inputs, their stocks and suppliers; links in the order of inputs and, as sales, in the order of suppliers.
void build_inputs(const UserTable& table, const io::Params& params, World& world) {
  const std::size_t n = table.size();
  const auto members = static_cast<std::size_t>(params.table.establishments_per_sector);
  struct InputRow {
    std::uint32_t firm;
    std::uint16_t good, user;
  };
  std::vector<InputRow> rows;
  std::vector<std::uint32_t> begin(1 + n * members, 0), buyers(n, 0);
  for (std::size_t i = 1; i < begin.size(); ++i) {
    const std::size_t user = (i - 1) / members;
    begin[i] = static_cast<std::uint32_t>(rows.size());
    for (std::size_t g = 0; g < n; ++g) {
      if (table.inputs.at(g, user) <= 0.0) continue;
      rows.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint16_t>(g), static_cast<std::uint16_t>(user)});
      if (table.local.at(g, user) > 0.0) ++buyers[g];
    }
    world.column<io::InputBegin>()[i] = begin[i];
    world.column<io::InputCount>()[i] = static_cast<std::uint16_t>(rows.size() - begin[i]);
  }
  std::size_t links = 0;
  for (const std::uint32_t count : buyers) links += std::size_t{count} * members;
  world.set_rows<io::Input>(rows.size());
  world.set_rows<io::Link>(links);
  world.set_rows<io::Sale>(links);

  std::vector<std::uint32_t> next(1 + n * members, 0);  // sale to be written next, by supplier
  std::uint32_t sale = 0;
  for (std::size_t j = 1; j < next.size(); ++j) {
    const std::uint32_t customers = buyers[(j - 1) / members];
    world.column<io::SaleBegin>()[j] = next[j] = sale;
    world.column<io::SaleCount>()[j] = customers;
    sale += customers;
  }
  const auto supplier = world.column<io::Supplier>();
  const auto link_share = world.column<io::LinkShare>(), sale_share = world.column<io::SaleShare>();
  const auto sale_input = world.column<io::SaleInput>();
  std::uint32_t link = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto [firm, good, user] = rows[k];
    const double coefficient = table.inputs.at(good, user), local = table.local.at(good, user);
    world.column<io::InputFirm>()[k] = firm;
    world.column<io::InputGood>()[k] = good;
    world.column<io::Coefficient>()[k] = coefficient;
    world.column<io::Criticality>()[k] = static_cast<float>(table.criticality.at(good, user));
    world.column<io::TargetMonths>()[k] = table.stock_months.at(good, user);
    world.column<io::Stock>()[k] =
        table.stock_months.at(good, user) * coefficient * world.column<io::InitialOutput>()[firm];
    world.column<io::ShareRof>()[k] = 1.0 - local;
    world.column<io::LinkBegin>()[k] = link;
    if (local <= 0.0) continue;
    world.column<io::LinkCount>()[k] = static_cast<std::uint16_t>(members);
    for (std::size_t j = 1 + good * members; j < 1 + (good + 1) * members; ++j) {
      supplier[link] = static_cast<std::uint32_t>(j);
      link_share[link] = sale_share[next[j]] = local / static_cast<double>(members);
      sale_input[next[j]++] = static_cast<std::uint32_t>(k);
      ++link;
    }
  }
}

}  // namespace

UserTable read_user_table(const io::Params& params, const UserTableChoice& choice, Problems& problems) {
  return Reader(params, choice, problems).read();
}

std::vector<const InputFile*> user_table_files(const io::Params& params) {
  const io::TableParams& t = params.table;
  return {&t.table,
          &t.output,
          &t.final_demand,
          &t.initial_output,
          &t.labour,
          &t.consumption,
          &t.value_added,
          &t.criticality,
          &t.shocks,
          &t.location_quotients,
          &t.inventory_months.file};
}

void build_user_table(const UserTable& table, const io::Params& params, World& world) {
  build_establishments_of(table, params, world);
  build_inputs(table, params, world);
  world.set_rows<io::TablePath>(table.months * table.size());
  put<io::FinalDemandPath>(world, table.final_demand);
  put<io::CapacityLossPath>(world, table.capacity_loss);
  put<io::ValueAddedPath>(world, table.value_added);
  put<io::PricePath>(world, table.price);
  put<io::ImportFillPath>(world, table.import_fill);
}

}  // namespace metier::synthesis
