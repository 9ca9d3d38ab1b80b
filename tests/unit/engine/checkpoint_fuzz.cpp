// A checkpoint with bytes changed, cut or added: it is refused, and nothing crashes. The input is a list of changes of
// a good file: four bytes say where, one what to put there; where it points behind the end, the file is cut or grows.
#include "sim/core/error.hpp"
#include "sim/engine/checkpoint.hpp"
#include "tests/unit/engine/toy.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

struct Good {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("metier-fuzz-" + std::to_string(getpid()));
  std::string path = (folder / "a.ckpt").string(), bytes;
  Good() {
    std::filesystem::create_directories(folder);
    metier::World world;
    metier::toy::populate(world, 20);
    write_checkpoint(path, {12, "0.1.0", "schema: 1\n", "{}"}, world, {std::byte{1}, std::byte{2}});
    std::ifstream in(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  ~Good() { std::filesystem::remove_all(folder); }
  Good(const Good&) = delete;
  Good& operator=(const Good&) = delete;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Good good;
  std::string bytes = good.bytes;
  for (; size >= 5; data += 5, size -= 5) {
    std::uint32_t at = 0;
    std::memcpy(&at, data, sizeof at);
    const std::size_t where = at % (bytes.size() + 2);
    const char value = static_cast<char>(data[4]);
    if (where < bytes.size()) {
      bytes[where] = value;
    } else if (where == bytes.size()) {
      bytes += value;
    } else {
      bytes.resize(bytes.size() - std::min<std::size_t>(bytes.size(), data[4]));
    }
  }
  std::ofstream(good.path, std::ios::binary | std::ios::trunc) << bytes;
  metier::World world;
  try {
    const metier::Checkpoint checkpoint = metier::read_checkpoint(good.path, world);
    require(bytes == good.bytes && checkpoint.header.month == 12);
  } catch (const metier::InputError& error) {
    require(bytes != good.bytes && error.exit() == metier::Exit::kData);
  }
  return 0;
}
