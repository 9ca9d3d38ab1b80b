#pragma once
#include "sim/core/world.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace metier {

/// Everything a run needs to go on from a month boundary, in the program's own binary format:
/// header, named texts, tables, columns each with a checksum, state of the observer, checksum of the whole.
struct CheckpointHeader {
  int month = 0;         ///< months simulated so far
  std::string program;   ///< version of the program that wrote it
  std::string scenario;  ///< resolved scenario text
  std::string run;       ///< what the command line added (output path, seeds), JSON
};

/// Writes `path` by way of `path.part`: flushed to disk, then renamed, so that a file under the final name is complete.
/// Errors: InputError (exit 5) when the disk is full or the folder cannot be written.
void write_checkpoint(const std::string& path, const CheckpointHeader& header, const World& world,
                      const std::vector<std::byte>& observer);

/// Reads the header only. Errors: InputError (exit 4) for a missing, foreign, damaged or newer file.
CheckpointHeader read_checkpoint_header(const std::string& path);

/// Fills the world (tables and columns replace what it has) and returns header and observer state.
struct Checkpoint {
  CheckpointHeader header;
  std::vector<std::byte> observer;
};
Checkpoint read_checkpoint(const std::string& path, World& world);

}  // namespace metier
