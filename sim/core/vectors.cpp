#include "sim/core/vectors.hpp"

namespace metier {

namespace {

bool machine_has_avx512() {
#ifdef METIER_HAS_AVX512_KERNELS
  __builtin_cpu_init();  // may be called before the constructors of the run-time library
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

bool in_use = machine_has_avx512();

}  // namespace

bool use_avx512() { return in_use; }
void set_use_avx512(bool use) { in_use = use && machine_has_avx512(); }

}  // namespace metier
