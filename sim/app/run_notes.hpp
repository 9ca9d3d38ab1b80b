#pragma once
#include "output/provenance.hpp"
#include "scenarios/loader/loader.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace metier::app {

/// What the population at t = 0 was made from; a resumed run does not build it again.
struct PopulationFacts {
  int data_year = 0;
  std::vector<output::DataFileRecord> files;
  std::vector<std::string> assumptions;
  std::vector<output::MarginRecord> margins;
  bool margins_met = true;
};

/// What a checkpoint says besides the state, so that the run goes on and ends with the same bytes as an undisturbed
/// one.
struct RunNotes {
  std::string target;         ///< absolute path of the run file
  bool overwrite = false;     ///< the run may replace that file
  std::string scenario_path;  ///< as given on the command line
  Scenario scenario;          ///< with the place of every value: nothing is read again
  std::string root, data_root;
  bool hash_processes = false;
  int checkpoint_every = 0;
  std::vector<std::uint64_t> hashes;  ///< of the state, per month from 0
  PopulationFacts population;
  std::vector<std::pair<std::string, std::string>> attributes;  ///< of the run file, e.g. of a run that branched before
};

/// JSON, in the checkpoint's header.
std::string to_json(const RunNotes& notes);
/// Errors: InputError (exit 4) naming `path` when the text is not what `to_json` writes.
RunNotes notes_from_json(const std::string& text, const std::string& path);

}  // namespace metier::app
