#pragma once
#include "models/model.hpp"
#include "output/recorder.hpp"
#include "sim/app/output_params.hpp"
#include "sim/engine/ledger.hpp"

#include <memory>
#include <string>
#include <vector>

namespace metier::app {

/// The long tables of a run, taken from the state at the end of a month; they read only.
///
///   ledger/totals        paid and received in the month, by class of account, sector and kind of flow (rows that are
///   not 0) ledger/balances      balance at the end of the month, by class of account and sector ledger/postings every
///   posting (output.ledger: postings) distribution/quantiles  of wages, sizes, prices and durations, at t = 0 and at
///   the end of every year panel/establishments a sample that depends on keys alone, at t = 0 and at the end of every
///   quarter panel/persons        the same for persons, at t = 0 and at the end of every year
///   debug/offers          acceptable pairs of the labour market, every month (debug.offers)
class RunTables {
 public:
  /// `model` must outlive the tables; columns that it does not have make no table.
  RunTables(Model& model, const OutputParams& params);
  ~RunTables();
  RunTables(const RunTables&) = delete;
  RunTables& operator=(const RunTables&) = delete;

  /// Tables and the dimensions that only they use.
  [[nodiscard]] const std::vector<output::OutputTable>& tables() const { return tables_; }
  [[nodiscard]] const std::vector<DimensionInfo>& dimensions() const { return dimensions_; }

  /// From now on postings are kept for `recorder`.
  void keep_postings(output::RunRecorder& recorder);
  /// Adds the rows of a month.
  void append(output::RunRecorder& recorder, int month) const;

 private:
  class Postings;
  void append_ledger(output::RunRecorder& recorder, int month) const;
  void append_accounts(output::RunRecorder& recorder, int month) const;
  void append_quantiles(output::RunRecorder& recorder, int month) const;
  void append_establishments(output::RunRecorder& recorder, int month) const;
  void append_persons(output::RunRecorder& recorder, int month) const;
  void append_offers(output::RunRecorder& recorder, int month) const;
  [[nodiscard]] bool has(const std::string& table) const;
  [[nodiscard]] std::size_t sectors() const;

  Model& model_;
  OutputParams params_;
  std::vector<output::OutputTable> tables_;
  std::vector<DimensionInfo> dimensions_;
  std::unique_ptr<Postings> postings_;
};

}  // namespace metier::app
