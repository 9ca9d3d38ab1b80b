#include "output/filters.hpp"

#include "sim/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <new>
#include <zlib.h>

namespace metier::output {

namespace {

constexpr std::uint32_t kDeflate = 1;  ///< place in the chain of filters, which h5::create_numbers sets up

/// The first bytes of all numbers, then the second bytes, and so on.
template <std::size_t kSize>
void shuffle(std::span<const std::byte> numbers, std::span<const std::byte, 8> fill, std::span<std::byte> into) {
  const std::size_t given = numbers.size() / kSize, n = into.size() / kSize;
  for (std::size_t i = 0; i < given; ++i) {
    for (std::size_t b = 0; b < kSize; ++b) into[b * n + i] = numbers[i * kSize + b];
  }
  for (std::size_t b = 0; b < kSize; ++b)
    std::fill_n(into.begin() + static_cast<std::ptrdiff_t>(b * n + given), n - given, fill[b]);
}

/// Fletcher's checksum of 16-bit words, high byte first, as HDF5 defines it: a sum that is a multiple of 65535 is
/// 65535, unless all words are zero.
std::uint32_t fletcher32(std::span<const std::byte> bytes) {
  constexpr std::uint64_t kModulus = 65535;
  constexpr std::size_t kBytesPerBlock = std::size_t{1} << 20;  // the sums stay below 2^56
  const auto reduced = [](std::uint64_t sum) { return sum == 0 ? 0 : 1 + (sum - 1) % kModulus; };
  std::uint64_t sum = 0, sum_of_sums = 0;
  for (std::size_t begin = 0; begin < bytes.size(); begin += kBytesPerBlock) {
    const auto block = bytes.subspan(begin, std::min(kBytesPerBlock, bytes.size() - begin));
    for (std::size_t i = 0; i < block.size(); i += 2) {
      const auto low = i + 1 < block.size() ? std::to_integer<std::uint64_t>(block[i + 1]) : 0;
      sum += std::to_integer<std::uint64_t>(block[i]) << 8 | low;
      sum_of_sums += sum;
    }
    sum = reduced(sum);
    sum_of_sums = reduced(sum_of_sums);
  }
  return static_cast<std::uint32_t>(sum_of_sums << 16 | sum);
}

}  // namespace

/// zlib's deflate with its memory. What it gives for a chunk does not depend on the chunks before.
struct ChunkPacker::Deflater {
  Deflater() {
    const int result = deflateInit(&stream, 1);  // the level of h5::create_numbers
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    METIER_REQUIRE(result == Z_OK, "zlib compresses");
  }
  ~Deflater() { deflateEnd(&stream); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  z_stream stream{};
};

ChunkPacker::ChunkPacker(double room) : room_(room), deflater_(std::make_unique<Deflater>()) {}
ChunkPacker::~ChunkPacker() = default;
ChunkPacker::ChunkPacker(ChunkPacker&&) noexcept = default;
ChunkPacker& ChunkPacker::operator=(ChunkPacker&&) noexcept = default;

PackedChunk ChunkPacker::pack(Storage storage, std::span<const std::byte> numbers, std::size_t chunk_bytes) {
  METIER_REQUIRE(numbers.size() <= chunk_bytes && chunk_bytes <= std::numeric_limits<std::uint32_t>::max(),
                 "the size of a chunk");
  shuffled_.resize(chunk_bytes);
  const std::array<std::byte, 8> fill = fill_of(storage);
  switch (size_of(storage)) {
    case 2: shuffle<2>(numbers, fill, shuffled_); break;
    case 4: shuffle<4>(numbers, fill, shuffled_); break;
    default: shuffle<8>(numbers, fill, shuffled_); break;
  }

  deflated_.resize(static_cast<std::size_t>(std::ceil(static_cast<double>(chunk_bytes) * room_)) + 12);
  z_stream& stream = deflater_->stream;
  METIER_REQUIRE(deflateReset(&stream) == Z_OK, "zlib compresses");
  stream.next_in = reinterpret_cast<Bytef*>(shuffled_.data());
  stream.avail_in = static_cast<uInt>(shuffled_.size());
  stream.next_out = reinterpret_cast<Bytef*>(deflated_.data());
  stream.avail_out = static_cast<uInt>(deflated_.size());
  const bool fits = deflate(&stream, Z_FINISH) == Z_STREAM_END;

  PackedChunk chunk;
  chunk.left_out = fits ? 0 : 1U << kDeflate;
  const auto packed = fits ? std::span(deflated_).first(stream.total_out) : std::span(shuffled_);
  chunk.bytes.reserve(packed.size() + sizeof(std::uint32_t));
  chunk.bytes.assign(packed.begin(), packed.end());
  const std::uint32_t checksum = fletcher32(packed);
  for (int byte = 0; byte < 4; ++byte) chunk.bytes.push_back(static_cast<std::byte>(checksum >> 8 * byte));
  return chunk;
}

}  // namespace metier::output
