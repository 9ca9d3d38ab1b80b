#include "output/filters.hpp"

#include "output/h5.hpp"

#include <algorithm>
#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <string>
#include <vector>

namespace metier::output {
namespace {

using Bytes = std::vector<std::byte>;

/// Numbers of one kind, as their bytes.
struct Content {
  std::string name;
  Bytes (*make)(Storage storage, std::size_t count);
};

Bytes zeros(Storage storage, std::size_t count) { return Bytes(count * size_of(storage)); }
Bytes ones(Storage storage, std::size_t count) { return Bytes(count * size_of(storage), std::byte{0xFF}); }
Bytes noise(Storage storage, std::size_t count) {  // deflate cannot make it shorter
  std::uint64_t state = 20210219;
  Bytes bytes(count * size_of(storage));
  for (std::byte& byte : bytes) {
    state = state * 6364136223846793005U + 1442695040888963407U;  // Knuth, MMIX
    byte = static_cast<std::byte>(state >> 56);
  }
  return bytes;
}
Bytes fill(Storage storage, std::size_t count) {
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = fill_of(storage);
    bytes.insert(bytes.end(), number.begin(), number.begin() + static_cast<std::ptrdiff_t>(size_of(storage)));
  }
  return bytes;
}
Bytes steps(Storage storage, std::size_t count) {  // as most results are: neighbours resemble each other
  Bytes bytes(count * size_of(storage));
  for (std::size_t i = 0; i < count; ++i) {
    std::byte* at = &bytes[i * size_of(storage)];
    const auto whole = static_cast<std::int64_t>(i / 3 * 1000) - 70'000;
    if (storage == Storage::kFloat32) {
      const float number = 0.1F * static_cast<float>(whole);
      std::memcpy(at, &number, sizeof number);
    } else if (storage == Storage::kFloat64) {
      const double number = 0.1 * static_cast<double>(whole);
      std::memcpy(at, &number, sizeof number);
    } else {
      std::memcpy(at, &whole, size_of(storage));
    }
  }
  return bytes;
}

/// A dataset cut along its first axis.
struct Case {
  std::string name;
  Storage storage;
  h5::Shape shape;
  Bytes numbers;

  [[nodiscard]] std::size_t row_bytes() const {
    std::size_t bytes = size_of(storage);
    for (std::size_t axis = 1; axis < shape.extent.size(); ++axis) bytes *= shape.extent[axis];
    return bytes;
  }
};

std::vector<Case> cases() {
  const Content contents[] = {
      {"zeros", &zeros}, {"ones", &ones}, {"noise", &noise}, {"fill", &fill}, {"steps", &steps}};
  const h5::Shape shapes[] = {
      {{1}, {1}},                   // one number
      {{3}, {3}},                   // one chunk
      {{24, 7}, {12, 7}},           // whole chunks
      {{31, 5, 3}, {12, 5, 3}},     // a last chunk of 7 months
      {{70'001}, {32'768}},         // a last chunk of a table
      {{13, 12'000}, {12, 12'000}}  // chunks larger than the cache of HDF5
  };
  std::vector<Case> all;
  for (const Storage storage :
       {Storage::kInt16, Storage::kInt32, Storage::kInt64, Storage::kUInt64, Storage::kFloat32, Storage::kFloat64}) {
    for (const Content& content : contents) {
      for (const h5::Shape& shape : shapes) {
        std::size_t count = 1;
        for (const std::uint64_t length : shape.extent) count *= length;
        all.push_back({std::string(name_of(storage)) + "_" + content.name + "_" + std::to_string(count), storage, shape,
                       content.make(storage, count)});
      }
    }
  }
  return all;
}

void write_by_hdf5(h5::Id dataset, const Case& c) {
  std::vector<std::uint64_t> offset(c.shape.extent.size()), count = c.shape.extent;
  for (; offset[0] < c.shape.extent[0]; offset[0] += c.shape.chunk[0]) {
    count[0] = std::min(c.shape.chunk[0], c.shape.extent[0] - offset[0]);
    h5::write_block(dataset, c.storage, offset, count, &c.numbers[offset[0] * c.row_bytes()]);
  }
}

void write_packed(h5::Id dataset, const Case& c, ChunkPacker& packer) {
  std::vector<std::uint64_t> offset(c.shape.extent.size());
  for (; offset[0] < c.shape.extent[0]; offset[0] += c.shape.chunk[0]) {
    const std::uint64_t rows = std::min(c.shape.chunk[0], c.shape.extent[0] - offset[0]);
    const auto numbers = std::span(c.numbers).subspan(offset[0] * c.row_bytes(), rows * c.row_bytes());
    h5::write_chunk(dataset, offset, packer.pack(c.storage, numbers, c.shape.chunk[0] * c.row_bytes()));
  }
}

/// The chunk that starts at `first`, as it lies in the file.
PackedChunk stored_chunk(h5::Id dataset, const Case& c, std::uint64_t first) {
  std::vector<hsize_t> offset(c.shape.extent.size());
  offset[0] = first;
  hsize_t size = 0;
  EXPECT_GE(H5Dget_chunk_storage_size(dataset, offset.data(), &size), 0);
  PackedChunk chunk{Bytes(size), 0};
  EXPECT_GE(H5Dread_chunk(dataset, H5P_DEFAULT, offset.data(), &chunk.left_out, chunk.bytes.data()), 0);
  return chunk;
}

TEST(ChunkPacker, GivesTheBytesOfTheFiltersOfHdf5) {
  ChunkPacker packer;  // one for all: what it gives must not depend on the chunks before
  h5::MemoryFile file;
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.name);
    const h5::Handle expected = h5::create_numbers(file.id(), c.name + "_expected", c.storage, c.shape);
    write_by_hdf5(expected.id(), c);
    ASSERT_GE(H5Dflush(expected.id()), 0);
    const h5::Handle found = h5::create_numbers(file.id(), c.name, c.storage, c.shape);
    write_packed(found.id(), c, packer);

    for (std::uint64_t first = 0; first < c.shape.extent[0]; first += c.shape.chunk[0]) {
      const PackedChunk a = stored_chunk(expected.id(), c, first), b = stored_chunk(found.id(), c, first);
      EXPECT_EQ(a.left_out, b.left_out) << "mask of the chunk at " << first;
      EXPECT_TRUE(a.bytes == b.bytes) << "chunk at " << first << ": " << a.bytes.size() << " bytes expected, found "
                                      << b.bytes.size();
    }
    Bytes numbers(c.numbers.size());
    const std::vector<std::uint64_t> zero(c.shape.extent.size());
    h5::read_block(found.id(), c.storage, zero, c.shape.extent, numbers.data());
    EXPECT_TRUE(numbers == c.numbers) << "numbers read back";
  }
}

TEST(ChunkPacker, GivesTheSameFileAsHdf5) {  // places of the chunks in the file included
  const std::vector<Case> all = cases();
  const auto image = [&](auto&& write) {
    h5::MemoryFile file;
    for (const Case& c : all) write(h5::create_numbers(file.id(), c.name, c.storage, c.shape).id(), c);
    return file.close();
  };
  ChunkPacker packer;
  const h5::FileImage expected = image(write_by_hdf5);
  const h5::FileImage found = image([&](h5::Id dataset, const Case& c) { write_packed(dataset, c, packer); });
  EXPECT_TRUE(std::ranges::equal(found.bytes(), expected.bytes()));
}

TEST(ChunkPacker, LeavesDeflateOutWhereItNeedsTooMuchRoom) {
  // No zlib at hand needs more room than HDF5 gives it, so the room is made small here. Words of zeros and of ones are
  // also where sums modulo 65535 could go wrong: HDF5 checks them when it reads.
  ChunkPacker packer(0.0);
  h5::MemoryFile file;
  for (const Case& c : cases()) {
    if (c.numbers.size() < 10'000) continue;
    SCOPED_TRACE(c.name);
    const h5::Handle dataset = h5::create_numbers(file.id(), c.name, c.storage, c.shape);
    write_packed(dataset.id(), c, packer);
    const PackedChunk chunk = stored_chunk(dataset.id(), c, 0);
    EXPECT_EQ(chunk.left_out, 2U);
    EXPECT_EQ(chunk.bytes.size(), c.shape.chunk[0] * c.row_bytes() + 4);
    Bytes numbers(c.numbers.size());
    const std::vector<std::uint64_t> zero(c.shape.extent.size());
    h5::read_block(dataset.id(), c.storage, zero, c.shape.extent, numbers.data());
    EXPECT_TRUE(numbers == c.numbers) << "numbers read back";
  }
}

}  // namespace
}  // namespace metier::output
