#pragma once
#include <cstddef>
#include <new>
#include <vector>

/// A few kernels are compiled twice, for the instructions that the whole program is built for and for AVX-512, and the
/// machine that runs them decides. Both give the same bits.
namespace metier {

#ifdef __AVX2__  // the compiler and the C library know the wider instructions, too
#define METIER_HAS_AVX512_KERNELS 1
/// For the AVX-512 version of a kernel, and for what is inlined into it.
#define METIER_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#endif

/// Do the kernels use AVX-512? At first where the machine has it.
bool use_avx512();
/// false: never; true: where the machine has it. Call outside parallel work; for tests of both versions.
void set_use_avx512(bool use);

/// Bytes of a cache line, and of the widest vector.
inline constexpr std::size_t kCacheLine = 64;

/// For tables whose rows are read as whole vectors: none lies in two cache lines.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U>
  explicit CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{kCacheLine})); }
  void deallocate(T* p, std::size_t) { ::operator delete (p, std::align_val_t{kCacheLine}); }
  bool operator==(const CacheLineAllocator&) const { return true; }
};
template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

}  // namespace metier
