#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace metier::output {

/// What may differ between equal runs, and therefore is not in the run file.
struct Sidecar {
  std::string command_line;
  std::string working_folder;
  std::string host;
  std::string system;  ///< "Linux 6.1 x86_64"
  int threads = 0;
  std::string started, ended;  ///< ISO 8601 with offset, e.g. "2026-01-31T12:00:00Z"
  double wall_seconds = 0;
  double cpu_seconds = 0;
  std::uint64_t peak_memory_bytes = 0;
  std::string resumed_from;  ///< path of the checkpoint; empty for an undisturbed run
  std::string program_version, git_hash;
  std::string scenario_path;
  std::string file_sha256;                                      ///< of the run file; empty: not computed
  std::vector<std::pair<std::string, double>> process_seconds;  ///< wall time by process
};

/// Path of the sidecar of a run file: "results/baseline.json" for "results/baseline.h5".
std::filesystem::path sidecar_of(const std::filesystem::path& target);

/// Writes the sidecar of `target`: the fields as JSON and, in the same document, as a Process Run Crate (RO-Crate 1.1)
/// that names program, inputs and result. Replaces an existing one. Errors: InputError (exit 5).
void write_sidecar(const std::filesystem::path& target, const Sidecar& sidecar);

}  // namespace metier::output
