#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace metier::output {

/// One parameter as the run used it.
struct ParameterRecord {
  std::string path;  ///< "labour.separation_rate"
  std::string value;
  std::string unit;
  std::string origin;  ///< where the value comes from: "default" or file:line, relative to the root of the project
};

/// One input file.
struct DataFileRecord {
  std::string path;    ///< relative to the root of the project or of the data pack
  std::string sha256;  ///< 64 hexadecimal digits
  std::uint64_t bytes = 0;
};

/// One check that the program made on itself during the run.
struct CheckRecord {
  std::string name;
  std::string result;  ///< "passed", "failed", ...
  std::string detail;
};

/// One margin of the population at t = 0.
struct MarginRecord {
  std::string margin;  ///< "jobs by commune"
  std::string cell;    ///< "59350"
  double asked = 0;
  double obtained = 0;
};

/// All that says where the numbers of a run come from. What may differ between equal runs (time, machine, threads,
/// absolute paths, command line) does not belong here but into the sidecar.
struct Provenance {
  std::string title;
  std::string institution = "not stated; computed with metier, simulator of the economy of a metropolis";
  std::string references = "models/ODD.md, models/README.md, scenarios/data/SOURCES.csv of the program";
  std::string program_version;
  std::string git_hash;
  std::string compiler;
  std::string compiler_flags;
  std::string scenario_name;
  std::string scenario_text;  ///< resolved, YAML
  std::string schedule_text;
  std::string data_mode;  ///< "files" or "synthetic"
  int data_year = 0;      ///< 0: the run uses no data
  std::uint64_t seed = 0;
  std::uint64_t population_seed = 0;
  std::uint64_t replicate = 0;
  std::vector<ParameterRecord> parameters;
  std::vector<DataFileRecord> data_files;
  std::vector<std::string> assumptions;
  std::vector<CheckRecord> checks;
  std::vector<MarginRecord> margins;
  /// Further global attributes of the file (name, text).
  std::vector<std::pair<std::string, std::string>> attributes;
};

/// (obtained - asked) / |asked|; where nothing was asked, 0 if nothing was obtained and NaN otherwise.
double relative_error(const MarginRecord& margin);

}  // namespace metier::output
