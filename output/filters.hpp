#pragma once
#include "output/storage.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

/// The filters that chunks of a run file pass on their way to the disk: shuffle, deflate 1, fletcher32. HDF5 would take
/// one chunk after the other through them; here any thread can do it (sim/decisions/0022).
namespace metier::output {

/// A chunk as it lies in the file.
struct PackedChunk {
  std::vector<std::byte> bytes;
  std::uint32_t left_out = 0;  ///< the filter mask of HDF5: bit f is set where filter f was of no use
};

/// Takes chunks through the filters and gives the bytes that HDF5 would write. Keeps working memory of some 300 kB and
/// twice the size of a chunk between them: one for each thread.
class ChunkPacker {
 public:
  /// `room`: bytes that deflate may take for each byte of a chunk, and a dozen more; a chunk that needs more is left as
  /// it is. The default is that of HDF5 (H5Zdeflate.c, H5Z_DEFLATE_SIZE_ADJUST).
  explicit ChunkPacker(double room = 1.001);
  ~ChunkPacker();
  ChunkPacker(ChunkPacker&&) noexcept;
  ChunkPacker& operator=(ChunkPacker&&) noexcept;

  /// `numbers`: as stored, row-major, the first of a chunk of `chunk_bytes` bytes; the others are fill values.
  PackedChunk pack(Storage storage, std::span<const std::byte> numbers, std::size_t chunk_bytes);

 private:
  struct Deflater;
  double room_;
  std::unique_ptr<Deflater> deflater_;
  std::vector<std::byte> shuffled_, deflated_;
};

}  // namespace metier::output
