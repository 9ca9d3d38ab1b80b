#pragma once
#include "sim/core/error.hpp"
namespace metier::synthesis { class PackFiles; }
