"""What a client tells about its API: whether an operation has a parameter, and nothing else."""

from _rehearsal import host as _host


class OperationNotFoundError(Exception):
    pass


def client_meta(service):
    return _Told("a client's meta", service_model=_service_model(service))


def _service_model(service):
    def operation_model(operation_name):
        if not _host.knows(service, operation_name):
            raise OperationNotFoundError(operation_name)
        shape = _Told("an input_shape", members=_Members(service, operation_name))
        return _Told("an operation_model", input_shape=shape)

    return _Told("a service_model", operation_model=operation_model)


class _Told:
    """Answers what is modelled and refuses everything else by name."""

    def __init__(self, what, **members):
        self.__dict__.update(members)
        self._what = what

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        _host.refuse(f"{name} of {self._what} is not modelled by the rehearsal")


class _Members(_Told):
    """The parameters of an operation. Whether one is among them can be asked; which ones there are is not modelled."""

    def __init__(self, service, api):
        super().__init__("an input_shape's members")
        self._service = service
        self._api = api

    def __contains__(self, name):
        return _host.knows(self._service, self._api, name)

    def __iter__(self):
        _host.refuse("going through an input_shape's members is not modelled by the rehearsal")

    def __len__(self):
        _host.refuse("counting an input_shape's members is not modelled by the rehearsal")

    def __getitem__(self, name):
        _host.refuse(f"an input_shape's member {name} is not modelled by the rehearsal")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    _host.refuse(f"botocore.model.{name} is not modelled by the rehearsal")
