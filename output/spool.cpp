#include "output/spool.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>
#include <zlib.h>

namespace metier::output {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse_target(const fs::path& path, std::string message, std::string hint) {
  throw InputError(Exit::kUsage, Problem{{path.string(), 0, 0}, std::move(message), std::move(hint)});
}

/// Errors of the operating system while results are written.
[[noreturn]] void fail_writing(const fs::path& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw WriteError(
      Exit::kRun, Problem{{path.string(), 0, 0},
                          fmt::format("{}: {}", full ? "no room left for the results" : "the results cannot be written",
                                      std::generic_category().message(error)),
                          full ? "free some space or choose another disk with --out"
                               : "check that the folder still exists and that its disk answers"});
}

fs::path parent_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

void sync_folder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;  // some network file systems refuse: the rename stands all the same
  fsync(file);
  close(file);
}

std::uint32_t extend_checksum(std::uint32_t checksum, std::span<const std::byte> bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(checksum, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

std::string host_name() {
  char name[256] = {};
  if (gethostname(name, sizeof name - 1) != 0) return "unknown";
  return name;
}

struct LockOwner {
  pid_t process = 0;
  std::string host;
};

LockOwner read_owner(int lock) {
  char text[512] = {};
  const ssize_t size = pread(lock, text, sizeof text - 1, 0);
  LockOwner owner;
  if (size <= 0) return owner;
  char host[256] = {};
  long process = 0;
  if (std::sscanf(text, "process %ld on %255s", &process, host) == 2) owner = {static_cast<pid_t>(process), host};
  return owner;
}

/// Whether the process named in a lock file still runs, for file systems that have no locks.
bool seems_alive(const LockOwner& owner) {
  if (owner.process <= 0) return false;
  if (owner.host != host_name()) return true;  // nothing can be known about another machine
  return kill(owner.process, 0) == 0 || errno == EPERM;
}

}  // namespace

void check_target(const fs::path& target, Overwrite overwrite, std::string_view elsewhere) {
  const std::string choose = fmt::format("choose {}", elsewhere);
  if (target.filename().empty() || target.filename() == "." || target.filename() == "..") {
    refuse_target(target, "this is no file name", "give the name of a file to --out, e.g. results/run.h5");
  }
  const fs::path folder = parent_of(target);
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (!fs::exists(status)) {
    refuse_target(target, fmt::format("the folder '{}' does not exist", folder.string()), "create it, or " + choose);
  }
  if (!fs::is_directory(status)) {
    refuse_target(target, fmt::format("'{}' is not a folder", folder.string()), choose);
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    refuse_target(
        target,
        fmt::format("the folder '{}' cannot be written: {}", folder.string(), std::generic_category().message(errno)),
        choose);
  }
  const fs::file_status present = fs::status(target, error);
  if (fs::is_directory(present)) refuse_target(target, "this is a folder, not a file", "add the name of a file");
  if (fs::exists(present) && !fs::is_regular_file(present)) {
    refuse_target(target, "this is not an ordinary file", choose);
  }
  if (overwrite == Overwrite::kAllow) return;
  const std::string replace = "use --force to replace it, or " + choose;
  if (fs::exists(present)) refuse_target(target, "this file already exists", replace);
  if (fs::is_symlink(target, error)) {
    refuse_target(target,
                  fmt::format("this is a link to '{}', which does not exist", fs::read_symlink(target, error).string()),
                  replace);
  }
}

void write_all(int file, std::span<const std::byte> bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail_writing(path, errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void write_whole(const fs::path& path, const fs::path& part, std::span<const std::byte> bytes) {
  const int file = open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) fail_writing(part, errno);
  try {
    write_all(file, bytes, path);
    if (fsync(file) != 0 && errno != EINVAL) fail_writing(path, errno);
  } catch (...) {
    close(file);
    unlink(part.c_str());
    throw;
  }
  if (close(file) != 0 || rename(part.c_str(), path.c_str()) != 0) {
    const int error = errno;
    unlink(part.c_str());
    fail_writing(path, error);
  }
  sync_folder(parent_of(path));
}

// --- streams -------------------------------------------------------------------------------------------------------

SpoolStream::SpoolStream(fs::path path)
    : path_(std::move(path)), file_(open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (file_ < 0) fail_writing(path_, errno);
  struct stat status {};
  if (fstat(file_, &status) != 0) fail_writing(path_, errno);
  // What is already there counts once `rewind` has recognised it; appending starts at the beginning.
}

SpoolStream::~SpoolStream() {
  if (file_ >= 0) close(file_);
}

void SpoolStream::append(std::span<const std::byte> bytes) {
  if (lseek(file_, static_cast<off_t>(length_), SEEK_SET) < 0) fail_writing(path_, errno);
  write_all(file_, bytes, path_);
  length_ += bytes.size();
  checksum_ = extend_checksum(checksum_, bytes);
}

void SpoolStream::read(std::uint64_t offset, std::span<std::byte> into) const {
  METIER_REQUIRE(offset + into.size() <= length_, "reading past the end of " + path_.string());
  while (!into.empty()) {
    const ssize_t size = pread(file_, into.data(), into.size(), static_cast<off_t>(offset));
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) {
      throw InputError(Exit::kRun, Problem{{path_.string(), 0, 0},
                                           fmt::format("the raw results of the run cannot be read back: {}",
                                                       size == 0 ? "the file was cut short"
                                                                 : std::generic_category().message(errno)),
                                           "resume from the last checkpoint or run again"});
    }
    into = into.subspan(static_cast<std::size_t>(size));
    offset += static_cast<std::uint64_t>(size);
  }
}

void SpoolStream::sync() {
  if (fsync(file_) != 0 && errno != EINVAL) fail_writing(path_, errno);
}

bool SpoolStream::rewind(std::uint64_t length, std::uint32_t checksum) {
  struct stat status {};
  if (fstat(file_, &status) != 0 || static_cast<std::uint64_t>(status.st_size) < length) return false;
  const std::uint64_t old_length = std::exchange(length_, length);
  std::uint32_t found = 0;
  std::vector<std::byte> block(std::size_t{1} << 20);
  for (std::uint64_t offset = 0; offset < length; offset += block.size()) {
    const std::span<std::byte> part(block.data(),
                                    static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), length - offset)));
    read(offset, part);
    found = extend_checksum(found, part);
  }
  if (found != checksum) {
    length_ = old_length;
    return false;
  }
  checksum_ = checksum;
  if (ftruncate(file_, static_cast<off_t>(length)) != 0) fail_writing(path_, errno);
  return true;
}

// --- folder --------------------------------------------------------------------------------------------------------

fs::path Spool::folder_of(const fs::path& target) { return target.string() + ".part"; }

fs::path Spool::file_of(const fs::path& folder, const std::string& stream) {
  std::string name = stream;
  std::ranges::replace(name, '/', '.');
  return folder / (name + ".raw");
}

Spool::Spool(const fs::path& target) : folder_(folder_of(target)) {
  const fs::path lock_path = folder_ / "lock";
  const auto refuse = [&](const LockOwner& owner) {
    close(lock_);
    const std::string who =
        owner.process > 0 ? fmt::format("process {} on {}", owner.process, owner.host) : "another process";
    refuse_target(
        target, who + " is already writing this file",
        fmt::format("wait until it ends or choose another name with --out; if it is gone, remove the folder '{}'",
                    folder_.string()));
  };
  while (true) {
    if (mkdir(folder_.c_str(), 0777) != 0 && (errno != EEXIST || !fs::is_directory(folder_))) {
      refuse_target(target,
                    fmt::format("the folder '{}' for the results in progress cannot be created: {}", folder_.string(),
                                std::generic_category().message(errno)),
                    "remove what has this name, or choose another place with --out");
    }
    lock_ = open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock_ < 0 && errno == ENOENT) continue;  // the other run has just removed the folder
    if (lock_ < 0) {
      refuse_target(
          target, fmt::format("'{}' cannot be written: {}", lock_path.string(), std::generic_category().message(errno)),
          "choose another place with --out");
    }
    if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) {
        close(lock_);
        continue;
      }
      const bool no_locks = errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP;
      const LockOwner owner = read_owner(lock_);
      if (!no_locks || (owner.process != getpid() && seems_alive(owner))) refuse(owner);
    }
    // Between opening and locking the former owner may have removed the file: then this lock guards nothing.
    struct stat mine {
    }, named{};
    if (fstat(lock_, &mine) == 0 && stat(lock_path.c_str(), &named) == 0 && mine.st_ino == named.st_ino) break;
    close(lock_);
  }
  const std::string owner = fmt::format("process {} on {}\n", getpid(), host_name());
  // The name is for people (and file systems without locks); a full disk shows with the first results.
  if (ftruncate(lock_, 0) == 0 && pwrite(lock_, owner.data(), owner.size(), 0) > 0) fsync(lock_);
}

Spool::~Spool() {
  // An empty stream says nothing: one that was opened and never filled would keep the folder for ever.
  std::error_code error;
  for (const auto& [name, stream] : streams_) {
    const fs::path file = file_of(folder_, name);
    if (fs::file_size(file, error) == 0 && !error) fs::remove(file, error);
  }
  streams_.clear();
  // The lock goes before the folder; the folder stays when it holds results, or another process's new lock.
  unlink((folder_ / "lock").c_str());
  rmdir(folder_.c_str());
  close(lock_);
}

SpoolStream& Spool::stream(const std::string& name) {
  auto& slot = streams_[name];
  if (!slot) slot = std::make_unique<SpoolStream>(file_of(folder_, name));
  return *slot;
}

void Spool::clear() {
  streams_.clear();
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
    if (entry.path().filename() != "lock") fs::remove_all(entry.path(), error);
  }
}

}  // namespace metier::output
