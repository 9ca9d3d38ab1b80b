#pragma once
#include "output/filters.hpp"
#include "output/storage.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The part of HDF5 that run files need, without HDF5's headers: h5.cpp alone includes them.
///
/// What is created follows the netCDF-4 way of using HDF5 (dimension scales, creation order kept, `_Netcdf4Dimid`) and
/// keeps no times, so that equal content makes equal bytes.
namespace metier::output::h5 {

using Id = std::int64_t;

/// HDF5 refused; the text is HDF5's own, innermost cause first. A lack of memory is std::bad_alloc instead.
class Error : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An open HDF5 object, closed at the end of its life.
class Handle {
 public:
  using Close = int (*)(Id);
  Handle() = default;
  Handle(Id id, Close close) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  [[nodiscard]] Id id() const { return id_; }

 private:
  Id id_ = -1;
  Close close_ = nullptr;
};

// --- writing -------------------------------------------------------------------------------------------------------

/// The bytes of a file, in the memory where HDF5 put them together: a copy would have to touch as much new memory.
class FileImage {
 public:
  FileImage() = default;
  FileImage(void* memory, std::size_t size) : memory_(static_cast<std::byte*>(memory)), size_(size) {}
  [[nodiscard]] std::span<std::byte> bytes() { return {memory_.get(), size_}; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return {memory_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  std::unique_ptr<std::byte[], Free> memory_;
  std::size_t size_ = 0;
};

/// A new file that is held in memory, so that HDF5 never meets a full disk, which it would not survive.
class MemoryFile {
 public:
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] Id id() const { return file_.id(); }
  /// Closes the file and gives its bytes as they belong on disk, and `more` bytes behind them that are for the caller to
  /// fill. All handles into the file must be gone.
  FileImage close(std::size_t more = 0);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
  Handle file_;
};

/// Creates the group, its parents must exist.
Handle create_group(Id parent, const std::string& name);

struct Shape {
  std::vector<std::uint64_t> extent;
  std::vector<std::uint64_t> chunk;  ///< same rank; empty: contiguous and uncompressed
};
/// Chunked datasets are compressed (shuffle, deflate 1) and check-summed (fletcher32). Floats are filled with NaN and
/// get the attribute `_FillValue`.
Handle create_numbers(Id parent, const std::string& name, Storage storage, const Shape& shape);
/// Writes the block that starts at `offset` and extends over `count`, row-major, numbers as stored.
void write_block(Id dataset, Storage storage, std::span<const std::uint64_t> offset,
                 std::span<const std::uint64_t> count, const void* numbers);
/// Writes the chunk that starts at `offset`, past HDF5's own filters.
void write_chunk(Id dataset, std::span<const std::uint64_t> offset, const PackedChunk& chunk);
/// One-dimensional array of UTF-8 texts of any length.
Handle create_texts(Id parent, const std::string& name, std::span<const std::string> texts);
/// One UTF-8 text of any length.
Handle create_text(Id parent, const std::string& name, const std::string& text);

/// Attributes. Texts are scalar, fixed-length, UTF-8; an empty text is not written.
void put(Id object, const std::string& name, std::string_view text);
void put(Id object, const std::string& name, std::int32_t number);
void put(Id object, const std::string& name, std::int64_t number);
void put(Id object, const std::string& name, std::uint64_t number);

/// Makes the dataset a dimension scale: the coordinate variable of the dimension of its own name.
void make_scale(Id dataset, const std::string& name, std::int32_t dimension_id);
/// A dimension that has no coordinate variable.
void create_bare_dimension(Id parent, const std::string& name, std::uint64_t length, std::int32_t dimension_id);

/// The dimension scale of each axis of a variable, as paths from the root of the file.
struct Attachment {
  std::string variable;
  std::vector<std::string> scales;
};
/// Links variables and scales as H5DSattach_scale would. Done by hand and once: the library rewrites the list of a
/// scale for each variable and leaves padding bytes of its own memory in the file, so that equal runs could differ.
void attach_scales(Id file, std::span<const Attachment> attachments);

// --- reading -------------------------------------------------------------------------------------------------------

Handle open_file(const std::filesystem::path& path);
/// The group or dataset at a path.
Handle open_object(Id parent, const std::string& path);
bool exists(Id parent, const std::string& name);

enum class Kind { kGroup, kDataset, kOther };
struct Child {
  std::string name;
  Kind kind;
};
/// Members of a group in the order of their creation.
std::vector<Child> children(Id group);

bool has_attribute(Id object, const std::string& name);
/// Text of the attribute, or empty where it is absent or no text.
std::string text_attribute(Id object, const std::string& name);
std::int64_t integer_attribute(Id object, const std::string& name, std::int64_t absent);

std::vector<std::uint64_t> extent_of(Id dataset);
bool holds_texts(Id dataset);
/// Type of the numbers; Error when it is none of ours.
Storage storage_of(Id dataset);
/// Name of the dimension scale of each axis, without its path; empty where an axis has none.
std::vector<std::string> scales_of(Id dataset);
/// Reads a block; `memory` may differ from the type in the file, HDF5 converts.
void read_block(Id dataset, Storage memory, std::span<const std::uint64_t> offset, std::span<const std::uint64_t> count,
                void* numbers);
/// All texts of a scalar or one-dimensional array.
std::vector<std::string> read_texts(Id dataset);

}  // namespace metier::output::h5
