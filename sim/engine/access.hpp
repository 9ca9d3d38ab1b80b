#pragma once
#include "sim/core/column.hpp"
#include "sim/core/step.hpp"
#include "sim/core/world.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// What a process may touch, declared by the types of its parameters.
///
///   const Step&      the month, random streams
///   const P&         parameters, bound to the process when it enters the schedule
///   In<C>            reads column C
///   InOut<C>         reads and writes it
///   Out<C>           overwrites every row (checked builds fill it with garbage first)
///   Add<S>           adds to the columns of a sink S: integers only, so that several adders may share a sub-phase
///   Scratch<T>       memory of one phase: not hashed, not saved
///   Random<domain>   the random numbers of one domain
///   Structure<T>     may change the number of rows of table T
/// or a plain struct of these, passed by value, where a process touches many.
namespace metier {

template <Column C>
class In {
 public:
  using Col = C;
  using Value = typename C::Value;
  explicit In(std::span<const Value> values) : values_(values) {}
  const Value& operator[](std::size_t row) const { return values_[row]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const Value* data() const { return values_.data(); }
  [[nodiscard]] std::span<const Value> span() const { return values_; }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::span<const Value> values_;
};

/// Copies share the column, as a span does: kernels capture them by reference or by value.
template <Column C>
class InOut {
 public:
  using Col = C;
  using Value = typename C::Value;
  explicit InOut(std::span<Value> values) : values_(values) {}
  Value& operator[](std::size_t row) const { return values_[row]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] Value* data() const { return values_.data(); }
  [[nodiscard]] std::span<Value> span() const { return values_; }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::span<Value> values_;
};

template <Column C>
class Out : public InOut<C> {
 public:
  using InOut<C>::InOut;
};

/// A sink is a class made from the world that only adds integers to the columns it lists in `using Adds =
/// Columns<...>`.
template <Column... C>
struct Columns {};

template <class S>
class Add {
 public:
  using Sink = S;
  explicit Add(World& world) : sink_(world) {}
  S* operator->() { return &sink_; }
  S& operator*() { return sink_; }

 private:
  S sink_;
};

template <class T>
class Scratch {
 public:
  using Memory = T;
  explicit Scratch(T& memory) : memory_(&memory) {}
  T* operator->() const { return memory_; }
  T& operator*() const { return *memory_; }

 private:
  T* memory_;
};

template <class T>
class Structure {
 public:
  using Table = T;
  explicit Structure(World& world) : world_(&world) {}
  void set_rows(std::size_t rows) const { world_->set_rows<T>(rows); }
  [[nodiscard]] std::size_t rows() const { return world_->rows<T>(); }
  /// A column of the table, looked up after its rows changed (accesses taken before are then stale).
  template <Column C>
  requires std::is_same_v<typename C::Table, T>
  [[nodiscard]] std::span<typename C::Value> column() const { return world_->column<C>(); }

 private:
  World* world_;
};

template <RngDomain domain>
class Random {
 public:
  static constexpr RngDomain kDomain = domain;
  explicit Random(const Step& step) : stream_(step.stream(domain)) {}
  /// The draws of one entity in this month; the same whoever else draws, in whatever order.
  [[nodiscard]] Draws operator()(std::uint64_t key, unsigned substep = 0) const { return stream_.draws(key, substep); }
  [[nodiscard]] const StepStream& stream() const { return stream_; }

 private:
  StepStream stream_;
};

enum class AccessKind : std::uint8_t { kRead, kWrite, kAdd, kStructure, kRandom };

/// One line of what a process touches.
struct Access {
  AccessKind kind;
  std::string_view name;            ///< column, table or random domain
  void (*touch)(World&) = nullptr;  ///< makes the column exist
};

template <Column C>
void touch_column(World& world) {
  world.column<C>();
}

namespace detail {

// ---- the fields of a plain struct, by structured bindings -------------------------------------------------------
struct AnyField {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor): only named in unevaluated expressions
};
template <class T, std::size_t... I>
constexpr bool takes_fields(std::index_sequence<I...>) {
  return requires { T{((void)I, AnyField{})...}; };
}
template <class T, std::size_t N = 32>
constexpr std::size_t field_count() {
  if constexpr (N == 0) {
    return 0;
  } else if constexpr (takes_fields<T>(std::make_index_sequence<N>{})) {
    return N;
  } else {
    return field_count<T, N - 1>();
  }
}
#define METIER_FIELDS(n, ...)     \
  else if constexpr (N == (n)) {  \
    auto& [__VA_ARGS__] = object; \
    return std::tie(__VA_ARGS__); \
  }
template <class T>
auto fields_of(T& object) {
  constexpr std::size_t N = field_count<T>();
  static_assert(N >= 1 && N <= 32, "a struct of accesses has 1 to 32 members and is an aggregate; cut it in two");
  // clang-format off
  if constexpr (N == 0) { return std::tuple<>{}; }
  METIER_FIELDS(1,a) METIER_FIELDS(2,a,b) METIER_FIELDS(3,a,b,c) METIER_FIELDS(4,a,b,c,d) METIER_FIELDS(5,a,b,c,d,e)
  METIER_FIELDS(6,a,b,c,d,e,f) METIER_FIELDS(7,a,b,c,d,e,f,g) METIER_FIELDS(8,a,b,c,d,e,f,g,h)
  METIER_FIELDS(9,a,b,c,d,e,f,g,h,i) METIER_FIELDS(10,a,b,c,d,e,f,g,h,i,j) METIER_FIELDS(11,a,b,c,d,e,f,g,h,i,j,k)
  METIER_FIELDS(12,a,b,c,d,e,f,g,h,i,j,k,l) METIER_FIELDS(13,a,b,c,d,e,f,g,h,i,j,k,l,m)
  METIER_FIELDS(14,a,b,c,d,e,f,g,h,i,j,k,l,m,n) METIER_FIELDS(15,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o)
  METIER_FIELDS(16,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p) METIER_FIELDS(17,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q)
  METIER_FIELDS(18,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r) METIER_FIELDS(19,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s)
  METIER_FIELDS(20,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t) METIER_FIELDS(21,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u)
  METIER_FIELDS(22,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v) METIER_FIELDS(23,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w)
  METIER_FIELDS(24,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x) METIER_FIELDS(25,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y)
  METIER_FIELDS(26,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z)
  METIER_FIELDS(27,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a1)
  METIER_FIELDS(28,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a1,b1)
  METIER_FIELDS(29,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a1,b1,c1)
  METIER_FIELDS(30,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a1,b1,c1,d1)
  METIER_FIELDS(31,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a1,b1,c1,d1,e1)
  METIER_FIELDS(32,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a1,b1,c1,d1,e1,f1)
  // clang-format on
}
#undef METIER_FIELDS

template <class T>
struct TypeList;
template <class... T>
struct TypeList<std::tuple<T&...>> {
  template <class View, class Make>
  static View make(Make&& make_one) {
    return View{make_one(std::type_identity<std::remove_const_t<T>>{})...};
  }
  template <class Visit>
  static void visit(Visit&& one) {
    (one(std::type_identity<std::remove_const_t<T>>{}), ...);
  }
};

// ---- how each kind of parameter is made and what it declares ------------------------------------------------------
template <class T>
struct Argument {  // a plain struct of accesses
  using Fields = TypeList<decltype(fields_of(std::declval<T&>()))>;
  static T make(World& world, const Step& step) {
    return Fields::template make<T>(
        [&](auto type) { return Argument<typename decltype(type)::type>::make(world, step); });
  }
  template <class Declare>
  static void declare(Declare&& line) {
    Fields::visit([&](auto type) { Argument<typename decltype(type)::type>::declare(line); });
  }
};

template <class C>
struct Argument<In<C>> {
  static In<C> make(World& world, const Step&) { return In<C>(world.column<C>()); }
  template <class Declare>
  static void declare(Declare&& line) {
    line(Access{AccessKind::kRead, C::info.name, &touch_column<C>});
  }
};
template <class C>
struct Argument<InOut<C>> {
  static InOut<C> make(World& world, const Step&) { return InOut<C>(world.column<C>()); }
  template <class Declare>
  static void declare(Declare&& line) {
    line(Access{AccessKind::kRead, C::info.name, &touch_column<C>});
    line(Access{AccessKind::kWrite, C::info.name, &touch_column<C>});
  }
};
template <class C>
struct Argument<Out<C>> {
  static Out<C> make(World& world, const Step&) {
    auto values = world.column<C>();
#ifdef METIER_CHECKED
    for (std::byte& byte : std::as_writable_bytes(values)) byte = std::byte{0xFF};  // NaN, -1 or an absurd row
#endif
    return Out<C>(values);
  }
  template <class Declare>
  static void declare(Declare&& line) {
    line(Access{AccessKind::kWrite, C::info.name, &touch_column<C>});
  }
};
template <class S>
struct Argument<Add<S>> {
  static Add<S> make(World& world, const Step&) { return Add<S>(world); }
  template <class Declare, class... C>
  static void declare_columns(Declare& line, Columns<C...>) {
    (line(Access{AccessKind::kAdd, C::info.name, &touch_column<C>}), ...);
  }
  template <class Declare>
  static void declare(Declare&& line) {
    declare_columns(line, typename S::Adds{});
  }
};
template <class T>
struct Argument<Scratch<T>> {
  static Scratch<T> make(World& world, const Step&) { return Scratch<T>(world.scratch<T>()); }
  template <class Declare>
  static void declare(Declare&&) {}
};
template <class T>
struct Argument<Structure<T>> {
  static Structure<T> make(World& world, const Step&) { return Structure<T>(world); }
  template <class Declare>
  static void declare(Declare&& line) {
    line(Access{AccessKind::kStructure, T::info.name});
  }
};
template <RngDomain domain>
struct Argument<Random<domain>> {
  static Random<domain> make(World&, const Step& step) { return Random<domain>(step); }
  template <class Declare>
  static void declare(Declare&& line) {
    line(Access{AccessKind::kRandom, name_of(domain)});
  }
};

}  // namespace detail
}  // namespace metier
