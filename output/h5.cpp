#include "output/h5.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <hdf5.h>
#include <map>
#include <new>

namespace metier::output::h5 {

static_assert(sizeof(hid_t) == sizeof(Id) && std::is_signed_v<hid_t>, "HDF5 1.10 and later have 64-bit identifiers");

namespace {

/// HDF5 prints errors on standard error unless told not to.
void be_silent() {
  static const bool done = (H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), true);
  static_cast<void>(done);
}

struct Causes {
  std::string text;
  bool no_memory = false;
};

herr_t add_cause(unsigned, const H5E_error2_t* error, void* into) {
  Causes& causes = *static_cast<Causes*>(into);
  causes.no_memory |= error->min_num == H5E_NOSPACE || error->min_num == H5E_CANTALLOC;
  if (error->desc != nullptr && *error->desc != '\0')
    causes.text += (causes.text.empty() ? "" : "; ") + std::string(error->desc);
  return 0;
}

[[noreturn]] void fail(const std::string& what) {
  Causes causes;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, &add_cause, &causes);
  H5Eclear2(H5E_DEFAULT);
  if (causes.no_memory) throw std::bad_alloc();
  throw Error(causes.text.empty() ? what : what + " (" + causes.text + ")");
}

/// Result of an HDF5 call that returns a negative number on failure.
template <class T>
T checked(T result, const char* what) {
  if (result < 0) fail(what);
  return result;
}

Handle space(std::span<const std::uint64_t> extent) {
  if (extent.empty()) return {checked(H5Screate(H5S_SCALAR), "dataspace"), &H5Sclose};
  const std::vector<hsize_t> dims(extent.begin(), extent.end());
  return {checked(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr), "dataspace"), &H5Sclose};
}

hid_t type_of(Storage storage) {
  switch (storage) {
    case Storage::kInt16: return H5T_STD_I16LE;
    case Storage::kInt32: return H5T_STD_I32LE;
    case Storage::kInt64: return H5T_STD_I64LE;
    case Storage::kUInt64: return H5T_STD_U64LE;
    case Storage::kFloat32: return H5T_IEEE_F32LE;
    case Storage::kFloat64: return H5T_IEEE_F64LE;
  }
  return -1;
}

Handle text_type() {  // variable length, UTF-8
  Handle type{checked(H5Tcopy(H5T_C_S1), "type"), &H5Tclose};
  checked(H5Tset_size(type.id(), H5T_VARIABLE), "type");
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "type");
  return type;
}

Handle fixed_text_type(std::size_t size, H5T_str_t padding) {
  Handle type{checked(H5Tcopy(H5T_C_S1), "type"), &H5Tclose};
  checked(H5Tset_size(type.id(), size), "type");
  checked(H5Tset_strpad(type.id(), padding), "type");
  return type;
}

constexpr unsigned kOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
// Attributes stay in the object's header: some readers (and HDF5 itself in places) stumble over the other form, which
// the library takes by default from the ninth on.
constexpr unsigned kAttributesInHeader = 1024;

Handle dataset_properties() {
  Handle properties{checked(H5Pcreate(H5P_DATASET_CREATE), "properties"), &H5Pclose};
  checked(H5Pset_obj_track_times(properties.id(), false), "properties");
  checked(H5Pset_attr_creation_order(properties.id(), kOrder), "properties");
  checked(H5Pset_attr_phase_change(properties.id(), kAttributesInHeader, 0), "properties");
  return properties;
}

/// HDF5 asks for memory in small pieces, and some versions (1.10.8: H5FL_blk_malloc) crash where they get none: there
/// must be room for the metadata of what comes next, which takes some hundred kilobytes. Errors: std::bad_alloc.
void demand_room() {
  constexpr std::size_t kRoom = std::size_t{8} << 20;
  void* volatile room = std::malloc(kRoom);  // volatile, or nothing would happen
  if (room == nullptr) throw std::bad_alloc();
  std::free(room);
}

Handle create_dataset(Id parent, const std::string& name, hid_t type, const Handle& dataspace,
                      const Handle& properties) {
  demand_room();
  const hid_t id = H5Dcreate2(parent, name.c_str(), type, dataspace.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT);
  if (id < 0) fail("cannot create the dataset " + name);
  return {id, &H5Dclose};
}

Handle create_attribute(Id object, const std::string& name, hid_t type, const Handle& dataspace) {
  const hid_t id = H5Acreate2(object, name.c_str(), type, dataspace.id(), H5P_DEFAULT, H5P_DEFAULT);
  if (id < 0) fail("cannot create the attribute " + name);
  return {id, &H5Aclose};
}

void put_fixed_text(Id object, const std::string& name, std::string_view text, H5T_str_t padding) {
  const Handle type = fixed_text_type(text.size(), padding);
  checked(H5Tset_cset(type.id(), padding == H5T_STR_NULLPAD ? H5T_CSET_UTF8 : H5T_CSET_ASCII), "type");
  const Handle attribute = create_attribute(object, name, type.id(), space({}));
  checked(H5Awrite(attribute.id(), type.id(), text.data()), "cannot write an attribute");
}

void put_number(Id object, const std::string& name, Storage storage, const void* number) {
  const Handle attribute = create_attribute(object, name, type_of(storage), space({}));
  checked(H5Awrite(attribute.id(), type_of(storage), number), "cannot write an attribute");
}

/// Text with its final null inside the fixed size, as the dimension scale library writes its own attributes.
void put_library_text(Id object, const std::string& name, const std::string& text) {
  put_fixed_text(object, name, std::string_view(text.c_str(), text.size() + 1), H5T_STR_NULLTERM);
}

}  // namespace

// --- writing -------------------------------------------------------------------------------------------------------

/// The memory of the file, which HDF5 hands over when it closes the file. (The library's own way to get at the bytes of
/// an open file, H5Fget_file_image, clears a flag in the header without renewing the check-sum of the header.)
struct MemoryFile::Memory {
  void* bytes = nullptr;
  std::size_t size = 0;

  static void* allocate(std::size_t size, H5FD_file_image_op_t, void* self) {
    static_cast<Memory*>(self)->size = size;
    return std::malloc(size);
  }
  static void* reallocate(void* bytes, std::size_t size, H5FD_file_image_op_t, void* self) {
    static_cast<Memory*>(self)->size = size;
    return std::realloc(bytes, size);
  }
  static herr_t release(void* bytes, H5FD_file_image_op_t, void* self) {
    static_cast<Memory*>(self)->bytes = bytes;
    return 0;
  }
  static void* same(void* self) { return self; }
  static herr_t keep(void*) { return 0; }
  ~Memory() { std::free(bytes); }
};

MemoryFile::MemoryFile() : memory_(std::make_unique<Memory>()) {
  demand_room();
  be_silent();
  const Handle access{checked(H5Pcreate(H5P_FILE_ACCESS), "properties"), &H5Pclose};
  checked(H5Pset_fapl_core(access.id(), std::size_t{4} << 20, false), "properties");
  H5FD_file_image_callbacks_t callbacks{&Memory::allocate, nullptr,       &Memory::reallocate, &Memory::release,
                                        &Memory::same,     &Memory::keep, memory_.get()};
  checked(H5Pset_file_image_callbacks(access.id(), &callbacks), "properties");
  // The formats of HDF5 1.8: headers carry checksums, and every reader in use knows them.
  checked(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V18), "properties");
  checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "properties");
  const Handle creation{checked(H5Pcreate(H5P_FILE_CREATE), "properties"), &H5Pclose};
  checked(H5Pset_obj_track_times(creation.id(), false), "properties");
  checked(H5Pset_link_creation_order(creation.id(), kOrder), "properties");
  checked(H5Pset_attr_creation_order(creation.id(), kOrder), "properties");
  checked(H5Pset_attr_phase_change(creation.id(), kAttributesInHeader, 0), "properties");
  file_ = {checked(H5Fcreate("run.h5", H5F_ACC_TRUNC, creation.id(), access.id()), "cannot create a file in memory"),
           &H5Fclose};
}

MemoryFile::~MemoryFile() = default;

FileImage MemoryFile::close(std::size_t more) {
  checked(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "cannot complete the file");
  file_ = {};
  // The header (superblock of version 2) tells where the file ends; the memory is larger.
  constexpr std::size_t kEndOfFile = 28;
  std::uint64_t end = 0;
  if (memory_->bytes == nullptr || memory_->size < kEndOfFile + sizeof end) throw Error("the file in memory is lost");
  std::memcpy(&end, static_cast<const std::byte*>(memory_->bytes) + kEndOfFile, sizeof end);
  if (end > memory_->size) throw Error("the file in memory is cut short");
  if (end + more > memory_->size) {
    void* larger = std::realloc(memory_->bytes, end + more);
    if (larger == nullptr) throw std::bad_alloc();
    memory_->bytes = larger;
  }
  return {std::exchange(memory_->bytes, nullptr), end + more};
}

Handle create_group(Id parent, const std::string& name) {
  const Handle properties{checked(H5Pcreate(H5P_GROUP_CREATE), "properties"), &H5Pclose};
  checked(H5Pset_obj_track_times(properties.id(), false), "properties");
  checked(H5Pset_link_creation_order(properties.id(), kOrder), "properties");
  checked(H5Pset_attr_creation_order(properties.id(), kOrder), "properties");
  checked(H5Pset_attr_phase_change(properties.id(), kAttributesInHeader, 0), "properties");
  const hid_t id = H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT);
  if (id < 0) fail("cannot create the group " + name);
  return {id, &H5Gclose};
}

Handle create_numbers(Id parent, const std::string& name, Storage storage, const Shape& shape) {
  const Handle properties = dataset_properties();
  if (!shape.chunk.empty()) {
    const std::vector<hsize_t> chunk(shape.chunk.begin(), shape.chunk.end());
    checked(H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()), chunk.data()), "properties");
    checked(H5Pset_shuffle(properties.id()), "properties");
    checked(H5Pset_deflate(properties.id(), 1), "properties");
    checked(H5Pset_fletcher32(properties.id()), "properties");
  }
  const auto fill = fill_of(storage);
  if (is_float(storage)) checked(H5Pset_fill_value(properties.id(), type_of(storage), fill.data()), "properties");
  Handle dataset = create_dataset(parent, name, type_of(storage), space(shape.extent), properties);
  if (is_float(storage)) put_number(dataset.id(), "_FillValue", storage, fill.data());
  return dataset;
}

void write_block(Id dataset, Storage storage, std::span<const std::uint64_t> offset,
                 std::span<const std::uint64_t> count, const void* numbers) {
  if (std::ranges::find(count, 0u) != count.end()) return;
  const Handle in_memory = space(count);
  const Handle in_file{checked(H5Dget_space(dataset), "dataspace"), &H5Sclose};
  if (!count.empty()) {
    const std::vector<hsize_t> start(offset.begin(), offset.end()), extent(count.begin(), count.end());
    checked(H5Sselect_hyperslab(in_file.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr),
            "dataspace");
  }
  checked(H5Dwrite(dataset, type_of(storage), in_memory.id(), in_file.id(), H5P_DEFAULT, numbers),
          "cannot write a dataset");
}

void write_chunk(Id dataset, std::span<const std::uint64_t> offset, const PackedChunk& chunk) {
  const std::vector<hsize_t> start(offset.begin(), offset.end());
  checked(H5Dwrite_chunk(dataset, H5P_DEFAULT, chunk.left_out, start.data(), chunk.bytes.size(), chunk.bytes.data()),
          "cannot write a chunk");
}

namespace {
Handle create_text_dataset(Id parent, const std::string& name, std::span<const std::string> texts,
                           const Handle& dataspace) {
  const Handle type = text_type();
  Handle dataset = create_dataset(parent, name, type.id(), dataspace, dataset_properties());
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  if (!texts.empty()) {
    checked(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "cannot write texts");
  }
  return dataset;
}
}  // namespace

Handle create_texts(Id parent, const std::string& name, std::span<const std::string> texts) {
  const std::uint64_t extent[] = {texts.size()};
  return create_text_dataset(parent, name, texts, space(extent));
}

Handle create_text(Id parent, const std::string& name, const std::string& text) {
  return create_text_dataset(parent, name, {&text, 1}, space({}));
}

void put(Id object, const std::string& name, std::string_view text) {
  if (!text.empty()) put_fixed_text(object, name, text, H5T_STR_NULLPAD);
}
void put(Id object, const std::string& name, std::int32_t number) {
  put_number(object, name, Storage::kInt32, &number);
}
void put(Id object, const std::string& name, std::int64_t number) {
  put_number(object, name, Storage::kInt64, &number);
}
void put(Id object, const std::string& name, std::uint64_t number) {
  put_number(object, name, Storage::kUInt64, &number);
}

void make_scale(Id dataset, const std::string& name, std::int32_t dimension_id) {
  put_library_text(dataset, "CLASS", "DIMENSION_SCALE");
  put_library_text(dataset, "NAME", name);
  put(dataset, "_Netcdf4Dimid", dimension_id);
}

void create_bare_dimension(Id parent, const std::string& name, std::uint64_t length, std::int32_t dimension_id) {
  const std::uint64_t extent[] = {length};
  const Handle dataset = create_dataset(parent, name, H5T_IEEE_F32BE, space(extent), dataset_properties());
  std::string digits = std::to_string(length);
  digits.insert(0, digits.size() < 10 ? 10 - digits.size() : 0, ' ');
  make_scale(dataset.id(), "This is a netCDF dimension but not a netCDF variable." + digits, dimension_id);
}

void attach_scales(Id file, std::span<const Attachment> attachments) {
  demand_room();
  struct Reference {  // layout of the dimension scale library: the bytes after `axis` are padding, zeroed below
    hobj_ref_t dataset;
    unsigned axis;
  };
  static_assert(sizeof(Reference) == 16);
  std::vector<std::string> scales;  // in order of first use
  std::map<std::string, std::vector<std::pair<hobj_ref_t, unsigned>>> users;
  const auto reference_to = [&](const std::string& path) {
    hobj_ref_t reference{};
    checked(H5Rcreate(&reference, file, path.c_str(), H5R_OBJECT, -1), "reference");
    return reference;
  };
  const Handle list_type{checked(H5Tvlen_create(H5T_STD_REF_OBJ), "type"), &H5Tclose};
  for (const Attachment& attachment : attachments) {
    const hobj_ref_t variable = reference_to(attachment.variable);
    std::vector<hobj_ref_t> references(attachment.scales.size());
    std::vector<hvl_t> lists(attachment.scales.size());
    for (std::size_t axis = 0; axis < references.size(); ++axis) {
      const std::string& scale = attachment.scales[axis];
      references[axis] = reference_to(scale);
      lists[axis] = {1, &references[axis]};
      auto& list = users[scale];
      if (list.empty()) scales.push_back(scale);
      list.emplace_back(variable, static_cast<unsigned>(axis));
    }
    const Handle dataset = open_object(file, attachment.variable);
    const std::uint64_t extent[] = {lists.size()};
    const Handle attribute = create_attribute(dataset.id(), "DIMENSION_LIST", list_type.id(), space(extent));
    checked(H5Awrite(attribute.id(), list_type.id(), lists.data()), "cannot write an attribute");
  }
  const Handle pair_type{checked(H5Tcreate(H5T_COMPOUND, sizeof(Reference)), "type"), &H5Tclose};
  checked(H5Tinsert(pair_type.id(), "dataset", HOFFSET(Reference, dataset), H5T_STD_REF_OBJ), "type");
  checked(H5Tinsert(pair_type.id(), "dimension", HOFFSET(Reference, axis), H5T_NATIVE_UINT), "type");
  for (const std::string& scale : scales) {
    const auto& list = users.at(scale);
    std::vector<Reference> references(list.size());
    std::memset(static_cast<void*>(references.data()), 0, references.size() * sizeof(Reference));
    for (std::size_t i = 0; i < list.size(); ++i) {
      references[i].dataset = list[i].first;
      references[i].axis = list[i].second;
    }
    const Handle dataset = open_object(file, scale);
    const std::uint64_t extent[] = {references.size()};
    const Handle attribute = create_attribute(dataset.id(), "REFERENCE_LIST", pair_type.id(), space(extent));
    checked(H5Awrite(attribute.id(), pair_type.id(), references.data()), "cannot write an attribute");
  }
}

// --- reading -------------------------------------------------------------------------------------------------------

Handle open_file(const std::filesystem::path& path) {
  be_silent();
  const Handle access{checked(H5Pcreate(H5P_FILE_ACCESS), "properties"), &H5Pclose};
  // Closing the file closes what is still open in it.
  checked(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "properties");
  const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id());
  if (id < 0) fail("HDF5 cannot open it");
  return {id, &H5Fclose};
}

Handle open_object(Id parent, const std::string& path) {
  const hid_t id = H5Oopen(parent, path.c_str(), H5P_DEFAULT);
  if (id < 0) fail("cannot open " + path);
  return {id, &H5Oclose};
}

bool exists(Id parent, const std::string& name) { return H5Lexists(parent, name.c_str(), H5P_DEFAULT) > 0; }

std::vector<Child> children(Id group) {
  H5G_info_t info{};
  checked(H5Gget_info(group, &info), "cannot list a group");
  std::vector<Child> result;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    H5_index_t index = H5_INDEX_CRT_ORDER;
    ssize_t length = H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT);
    if (length < 0) {  // a copy made by another program need not keep the order of creation
      index = H5_INDEX_NAME;
      length = H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT);
    }
    checked(length, "cannot list a group");
    std::vector<char> name(static_cast<std::size_t>(length) + 1);
    checked(H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT),
            "cannot list a group");
    const Handle object = open_object(group, name.data());
    const H5I_type_t type = H5Iget_type(object.id());
    result.push_back({name.data(), type == H5I_GROUP     ? Kind::kGroup
                                   : type == H5I_DATASET ? Kind::kDataset
                                                         : Kind::kOther});
  }
  return result;
}

bool has_attribute(Id object, const std::string& name) { return H5Aexists(object, name.c_str()) > 0; }

std::string text_attribute(Id object, const std::string& name) {
  if (!has_attribute(object, name)) return {};
  const Handle attribute{checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), "cannot read an attribute"), &H5Aclose};
  const Handle type{checked(H5Aget_type(attribute.id()), "cannot read an attribute"), &H5Tclose};
  const Handle dataspace{checked(H5Aget_space(attribute.id()), "cannot read an attribute"), &H5Sclose};
  if (H5Tget_class(type.id()) != H5T_STRING || H5Sget_simple_extent_npoints(dataspace.id()) != 1) return {};
  std::string text;
  if (H5Tis_variable_str(type.id()) > 0) {  // in copies made by other programs
    char* pointer = nullptr;
    checked(H5Aread(attribute.id(), text_type().id(), &pointer), "cannot read an attribute");
    if (pointer != nullptr) text = pointer;
    H5free_memory(pointer);
  } else {
    text.resize(H5Tget_size(type.id()));
    checked(H5Aread(attribute.id(), type.id(), text.data()), "cannot read an attribute");
    text.resize(std::min(text.size(), text.find('\0')));
  }
  return text;
}

std::int64_t integer_attribute(Id object, const std::string& name, std::int64_t absent) {
  if (!has_attribute(object, name)) return absent;
  const Handle attribute{checked(H5Aopen(object, name.c_str(), H5P_DEFAULT), "cannot read an attribute"), &H5Aclose};
  const Handle type{checked(H5Aget_type(attribute.id()), "cannot read an attribute"), &H5Tclose};
  const Handle dataspace{checked(H5Aget_space(attribute.id()), "cannot read an attribute"), &H5Sclose};
  if (H5Tget_class(type.id()) != H5T_INTEGER || H5Sget_simple_extent_npoints(dataspace.id()) != 1) return absent;
  std::int64_t number = 0;
  // Through the bits of a 64-bit number of the same sign: seeds may use the highest bit.
  const bool is_signed = H5Tget_sign(type.id()) == H5T_SGN_2;
  checked(H5Aread(attribute.id(), is_signed ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64, &number),
          "cannot read an attribute");
  return number;
}

std::vector<std::uint64_t> extent_of(Id dataset) {
  const Handle dataspace{checked(H5Dget_space(dataset), "dataspace"), &H5Sclose};
  const int rank = checked(H5Sget_simple_extent_ndims(dataspace.id()), "dataspace");
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
  if (rank > 0) checked(H5Sget_simple_extent_dims(dataspace.id(), extent.data(), nullptr), "dataspace");
  return {extent.begin(), extent.end()};
}

bool holds_texts(Id dataset) {
  const Handle type{checked(H5Dget_type(dataset), "type"), &H5Tclose};
  return H5Tget_class(type.id()) == H5T_STRING && H5Tis_variable_str(type.id()) > 0;
}

Storage storage_of(Id dataset) {
  const Handle type{checked(H5Dget_type(dataset), "type"), &H5Tclose};
  for (const Storage storage :
       {Storage::kInt16, Storage::kInt32, Storage::kInt64, Storage::kUInt64, Storage::kFloat32, Storage::kFloat64}) {
    if (H5Tequal(type.id(), type_of(storage)) > 0) return storage;
  }
  throw Error("numbers of an unexpected type");
}

std::vector<std::string> scales_of(Id dataset) {
  std::vector<std::string> names(extent_of(dataset).size());
  if (names.empty() || !has_attribute(dataset, "DIMENSION_LIST")) return names;
  const Handle attribute{checked(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT), "dimension list"), &H5Aclose};
  const Handle dataspace{checked(H5Aget_space(attribute.id()), "dimension list"), &H5Sclose};
  const Handle found{checked(H5Aget_type(attribute.id()), "dimension list"), &H5Tclose};
  const Handle type{checked(H5Tvlen_create(H5T_STD_REF_OBJ), "type"), &H5Tclose};
  if (H5Sget_simple_extent_npoints(dataspace.id()) != static_cast<hssize_t>(names.size()) ||
      H5Tequal(found.id(), type.id()) <= 0) {
    throw Error("a list of dimensions of an unexpected shape");
  }
  std::vector<hvl_t> lists(names.size());
  checked(H5Aread(attribute.id(), type.id(), lists.data()), "dimension list");
  for (std::size_t axis = 0; axis < names.size(); ++axis) {
    if (lists[axis].len == 0) continue;
    const hid_t scale = H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, lists[axis].p);
    if (scale < 0) continue;
    const Handle handle{scale, &H5Oclose};
    char path[512] = {};
    if (H5Iget_name(scale, path, sizeof path) <= 0) continue;
    names[axis] = path;
    names[axis].erase(0, names[axis].rfind('/') + 1);
  }
  H5Dvlen_reclaim(type.id(), dataspace.id(), H5P_DEFAULT, lists.data());
  H5Eclear2(H5E_DEFAULT);
  return names;
}

void read_block(Id dataset, Storage memory, std::span<const std::uint64_t> offset, std::span<const std::uint64_t> count,
                void* numbers) {
  if (std::ranges::find(count, 0u) != count.end()) return;
  const Handle in_memory = space(count);
  const Handle in_file{checked(H5Dget_space(dataset), "dataspace"), &H5Sclose};
  if (!count.empty()) {
    const std::vector<hsize_t> start(offset.begin(), offset.end()), extent(count.begin(), count.end());
    checked(H5Sselect_hyperslab(in_file.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr),
            "dataspace");
  }
  checked(H5Dread(dataset, type_of(memory), in_memory.id(), in_file.id(), H5P_DEFAULT, numbers),
          "cannot read a dataset");
}

std::vector<std::string> read_texts(Id dataset) {
  constexpr std::uint64_t kMostTexts = 1 << 24;  // before memory is asked for
  if (!holds_texts(dataset)) throw Error("texts of an unexpected type");
  const auto extent = extent_of(dataset);
  if (extent.size() > 1) throw Error("texts in an array of an unexpected shape");
  const std::size_t count = extent.empty() ? 1 : extent[0];
  if (count > kMostTexts) throw Error("an array of more texts than any run has");
  if (count == 0) return {};
  std::vector<char*> pointers(count, nullptr);
  const Handle type = text_type();
  checked(H5Dread(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "cannot read texts");
  std::vector<std::string> texts;
  texts.reserve(count);
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  const Handle dataspace{checked(H5Dget_space(dataset), "dataspace"), &H5Sclose};
  H5Dvlen_reclaim(type.id(), dataspace.id(), H5P_DEFAULT, pointers.data());
  return texts;
}

}  // namespace metier::output::h5
