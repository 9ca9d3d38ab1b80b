#pragma once
#include "sim/core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

/// Raw results of a run in progress, in the folder `<target>.part` beside the file that the run will write.
namespace metier::output {

/// Whether a run may replace an existing file.
enum class Overwrite { kRefuse, kAllow };

/// The results cannot be written (exit 5): the disk is full or does not answer.
class WriteError : public InputError {
  using InputError::InputError;
};

/// Checks, before anything runs, that a file can be written under this name.
/// Errors: InputError (exit 2) when the folder is missing or not writable, when the name is that of a folder or a
/// device, or when the file exists and must not be replaced.
void check_target(const std::filesystem::path& target, Overwrite overwrite,
                  std::string_view elsewhere = "another place with --out");

/// Writes all bytes to an open file. Errors: WriteError that names the file; a full disk is told as such.
void write_all(int file, std::span<const std::byte> bytes, const std::filesystem::path& path);

/// Writes `path` by way of `part` (on the same disk): flushed to the disk, then renamed, so that a file under the final
/// name is complete. Errors: WriteError; `part` is then removed.
void write_whole(const std::filesystem::path& path, const std::filesystem::path& part,
                 std::span<const std::byte> bytes);

/// Append-only file of raw bytes with a running check-sum.
class SpoolStream {
 public:
  explicit SpoolStream(std::filesystem::path path);
  ~SpoolStream();
  SpoolStream(const SpoolStream&) = delete;
  SpoolStream& operator=(const SpoolStream&) = delete;

  [[nodiscard]] std::uint64_t length() const { return length_; }
  /// CRC-32 of all bytes so far.
  [[nodiscard]] std::uint32_t checksum() const { return checksum_; }

  /// Errors: WriteError.
  void append(std::span<const std::byte> bytes);
  void read(std::uint64_t offset, std::span<std::byte> into) const;
  /// Makes sure that what was appended survives a power cut.
  void sync();
  /// Goes back to the first `length` bytes; false, with nothing changed, when they are not there or not the ones with
  /// this check-sum.
  [[nodiscard]] bool rewind(std::uint64_t length, std::uint32_t checksum);

 private:
  std::filesystem::path path_;
  int file_ = -1;
  std::uint64_t length_ = 0;
  std::uint32_t checksum_ = 0;
};

/// The folder of streams, owned by one process at a time.
///
/// Ownership is a lock on the file `lock` in the folder, which names process and host. The lock goes away with its
/// process; on file systems without locks the process named in the file is looked up instead. So a folder left by a
/// killed run is taken over, and a second run with the same target is refused.
class Spool {
 public:
  /// Takes the folder, creating it if needed; what it contains stays.
  /// Errors: InputError (exit 2) when another process owns it or it cannot be created.
  explicit Spool(const std::filesystem::path& target);
  ~Spool();  ///< gives the folder up; empty streams go, and the folder when nothing is in it
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// The stream of this name ("monthly"), opened with what it holds or created.
  SpoolStream& stream(const std::string& name);
  /// Forgets all streams and whatever else is in the folder, the lock excepted.
  void clear();

  static std::filesystem::path folder_of(const std::filesystem::path& target);
  static std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& stream);

 private:
  std::filesystem::path folder_;
  int lock_ = -1;
  std::map<std::string, std::unique_ptr<SpoolStream>> streams_;
};

}  // namespace metier::output
