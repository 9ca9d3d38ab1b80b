#include "sim/engine/checkpoint.hpp"

#include "sim/core/error.hpp"
#include "sim/core/hash.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace metier {

namespace {

constexpr char kMagic[8] = {'M', 'E', 'T', 'I', 'E', 'R', 'C', 'K'};
constexpr std::uint32_t kVersion = 3;  ///< 3: state hashes leave out what lives within a month

class Writer {
 public:
  explicit Writer(const std::string& path)
      : path_(path), part_(path + ".part"), file_(std::fopen(part_.c_str(), "wb")) {
    if (file_ == nullptr) fail("cannot be written");
  }
  ~Writer() {
    if (file_ != nullptr) {
      std::fclose(file_);
      std::remove(part_.c_str());
    }
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void bytes(const void* data, std::size_t size) {
    if (size > 0 && std::fwrite(data, 1, size, file_) != size) fail("cannot be written");
    digest_ = hash64(digest_, hash_bytes(data, size));
  }
  template <class T>
  void value(const T& v) {
    bytes(&v, sizeof v);
  }
  void text(std::string_view t) {
    value(static_cast<std::uint64_t>(t.size()));
    bytes(t.data(), t.size());
  }
  void block(const void* data, std::size_t size) {
    value(static_cast<std::uint64_t>(size));
    bytes(data, size);
  }
  /// The check-sum of everything so far.
  void seal() { value(digest_); }
  void finish() {
    seal();
    bytes(kMagic, sizeof kMagic);  // a file cut short has no end mark
    if (std::fflush(file_) != 0 || fsync(fileno(file_)) != 0) fail("cannot be written");
    std::FILE* done = std::exchange(file_, nullptr);
    if (std::fclose(done) != 0 || std::rename(part_.c_str(), path_.c_str()) != 0) {
      std::remove(part_.c_str());
      fail("cannot be written");
    }
    const auto slash = path_.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
    const int directory = open(folder.c_str(), O_RDONLY | O_DIRECTORY);
    if (directory >= 0) {
      fsync(directory);
      close(directory);
    }
  }

 private:
  [[noreturn]] void fail(const char* what) {
    const std::string reason = std::strerror(errno);
    throw InputError(Exit::kRun, Problem{{path_, 0, 0},
                                         fmt::format("checkpoint {}: {}", what, reason),
                                         "free some space or choose another folder"});
  }
  std::string path_, part_;
  std::FILE* file_;
  std::uint64_t digest_ = 0;
};

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path), file_(std::fopen(path.c_str(), "rb"), &std::fclose) {
    if (!file_) fail(fmt::format("cannot be read: {}", std::strerror(errno)), "check the path");
    struct stat info {};
    if (fstat(fileno(file_.get()), &info) != 0 || !S_ISREG(info.st_mode)) fail("is not a file", "check the path");
    left_ = static_cast<std::uint64_t>(info.st_size);
  }
  void bytes(void* data, std::size_t size) {
    if (size > left_ || std::fread(data, 1, size, file_.get()) != size) damaged();
    left_ -= size;
    digest_ = hash64(digest_, hash_bytes(data, size));
  }
  template <class T>
  T value() {
    T v;
    bytes(&v, sizeof v);
    return v;
  }
  std::string text() {
    std::string t(length(), '\0');
    bytes(t.data(), t.size());
    return t;
  }
  void block_into(std::span<std::byte> into) {
    if (length() != into.size()) damaged();
    bytes(into.data(), into.size());
  }
  std::vector<std::byte> block() {
    std::vector<std::byte> data(length());
    bytes(data.data(), data.size());
    return data;
  }
  void check_seal() {
    const std::uint64_t digest = digest_;
    if (value<std::uint64_t>() != digest) damaged();
  }
  std::uint64_t length() {
    const auto size = value<std::uint64_t>();
    if (size > left_) damaged();
    return size;
  }
  /// Rows of a table: row numbers have 32 bits.
  std::uint64_t rows() {
    const auto count = value<std::uint64_t>();
    if (count > 0xFFFFFFFFu) damaged();
    return count;
  }
  [[nodiscard]] std::uint64_t left() const { return left_; }
  [[noreturn]] void damaged() {
    fail("checkpoint is damaged or cut short", "resume from another checkpoint, or run again from the start");
  }
  [[noreturn]] void fail(std::string message, std::string hint) {
    throw InputError(Exit::kData, Problem{{path_, 0, 0}, std::move(message), std::move(hint)});
  }

 private:
  std::string path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::uint64_t left_ = 0, digest_ = 0;
};

CheckpointHeader read_header(Reader& in) {
  char magic[sizeof kMagic];
  in.bytes(magic, sizeof magic);
  if (std::memcmp(magic, kMagic, sizeof kMagic) != 0) in.fail("is not a checkpoint of this program", "check the path");
  const auto version = in.value<std::uint32_t>();
  if (version != kVersion) {
    in.fail(fmt::format("checkpoint has format {}, this program reads {}", version, kVersion),
            "resume with the version of the program that wrote it");
  }
  CheckpointHeader header;
  header.month = in.value<std::int32_t>();
  header.program = in.text();
  header.scenario = in.text();
  header.run = in.text();
  in.check_seal();
  return header;
}

}  // namespace

void write_checkpoint(const std::string& path, const CheckpointHeader& header, const World& world,
                      const std::vector<std::byte>& observer) {
  Writer out(path);
  out.bytes(kMagic, sizeof kMagic);
  out.value(kVersion);
  out.value(static_cast<std::int32_t>(header.month));
  out.text(header.program);
  out.text(header.scenario);
  out.text(header.run);
  out.seal();
  out.value(static_cast<std::uint64_t>(world.tables().size()));
  for (const auto& [name, rows] : world.tables()) {
    out.text(name);
    out.value(static_cast<std::uint64_t>(rows));
  }
  out.value(static_cast<std::uint64_t>(world.columns().size()));
  for (const auto& [name, store] : world.columns()) {
    out.text(name);
    out.text(store.info().unit);
    out.text(store.info().meaning);
    out.text(store.table().name);
    out.value(static_cast<std::uint8_t>(store.type()));
    out.value(static_cast<std::uint64_t>(store.value_size()));
    out.block(store.bytes().data(), store.bytes().size());
  }
  out.block(observer.data(), observer.size());
  out.finish();
}

CheckpointHeader read_checkpoint_header(const std::string& path) {
  Reader in(path);
  return read_header(in);
}

Checkpoint read_checkpoint(const std::string& path, World& world) {
  Reader in(path);
  Checkpoint checkpoint;
  checkpoint.header = read_header(in);
  const auto tables = in.length();
  std::map<std::string, std::uint64_t> rows;
  for (std::uint64_t t = 0; t < tables; ++t) {
    const std::string name = in.text();
    rows[name] = in.rows();
  }
  const auto columns = in.length();
  for (std::uint64_t c = 0; c < columns; ++c) {
    const std::string name = in.text(), unit = in.text(), meaning = in.text(), table = in.text();
    const auto type = in.value<std::uint8_t>();
    const auto value_size = in.value<std::uint64_t>();
    if (type > static_cast<std::uint8_t>(ValueType::kOther) || value_size == 0 || value_size > 64) in.damaged();
    const auto found = rows.find(table);
    if (found == rows.end() || found->second * value_size > in.left()) in.damaged();  // before any memory is taken
    world.set_rows_of(std::string_view(table), found->second);
    ColumnStore& store = world.restore(name, unit, meaning, table, static_cast<ValueType>(type), value_size);
    in.block_into(store.bytes());
  }
  for (const auto& [table, count] : rows) world.set_rows_of(std::string_view(table), count);
  checkpoint.observer = in.block();
  in.check_seal();
  char end[sizeof kMagic];
  in.bytes(end, sizeof end);
  if (std::memcmp(end, kMagic, sizeof kMagic) != 0 || in.left() != 0) in.damaged();
  return checkpoint;
}

}  // namespace metier
